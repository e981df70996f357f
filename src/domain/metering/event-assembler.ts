import { SseEventTooLargeError } from './sse';

const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/** The bytes of one event until it is whole. Memory is bounded. */
export class EventAssembler {
  private pieces: Uint8Array[] = [];
  private bytes = 0;

  constructor(private readonly maxEventBytes: number = DEFAULT_MAX_EVENT_BYTES) {}

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  get length(): number {
    return this.bytes;
  }

  /** Keeps a copy, because the reader of the stream may use the piece's memory again. Throws `SseEventTooLargeError`. */
  hold(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.bytes += piece.length;
    if (this.bytes > this.maxEventBytes) throw new SseEventTooLargeError(this.maxEventBytes);
    this.pieces.push(Uint8Array.prototype.slice.call(piece));
  }

  take(): Buffer {
    const whole = Buffer.concat(this.pieces);
    this.pieces = [];
    this.bytes = 0;
    return whole;
  }
}
