import { EventStreamCodec } from '@smithy/eventstream-codec';
import { EventAssembler } from '../../domain/metering/event-assembler';
import type { SseEvent } from '../../domain/metering/sse';

/** Four bytes of the whole length come first. */
const PRELUDE_BYTES = 4;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
);

/**
 * Cuts a stream of AWS into its messages
 * (https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream), wherever its pieces
 * are cut. The type of an event that reports a failure has `exceptionPrefix` in front. Throws when a checksum is wrong.
 */
export class AwsEventStreamParser {
  private readonly pending = new EventAssembler(MAX_MESSAGE_BYTES);
  private head = Buffer.alloc(0);
  /** Bytes of the current message that are still to come; null until its length is known. */
  private missing: number | null = null;

  constructor(private readonly exceptionPrefix: string) {}

  push(piece: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    for (let at = 0; at < piece.length;) {
      const wanted = this.missing ?? PRELUDE_BYTES - this.head.length;
      const taken = piece.subarray(at, at + wanted);
      at += taken.length;
      this.pending.hold(taken);
      if (this.missing === null) this.readLength(taken);
      else this.missing -= taken.length;
      if (this.missing === 0) events.push(this.takeMessage());
    }
    return events;
  }

  end(): SseEvent | null {
    return this.pending.isEmpty ? null : { raw: this.pending.take(), type: null, data: null };
  }

  private readLength(taken: Uint8Array): void {
    this.head = Buffer.concat([this.head, taken]);
    if (this.head.length < PRELUDE_BYTES) return;
    const length = this.head.readUInt32BE(0);
    if (length <= PRELUDE_BYTES || length > MAX_MESSAGE_BYTES)
      throw new Error(`A message of the upstream's stream claims to have ${length} bytes.`);
    this.missing = length - PRELUDE_BYTES;
  }

  private takeMessage(): SseEvent {
    this.head = Buffer.alloc(0);
    this.missing = null;
    const raw = this.pending.take();
    const { headers, body } = codec.decode(raw);
    const text = (name: string): string | null => {
      const value = headers[name]?.value;
      return typeof value === 'string' ? value : null;
    };
    const failure = text(':exception-type') ?? text(':error-code');
    const type = failure === null ? text(':event-type') : `${this.exceptionPrefix}${failure}`;
    return { raw, type, data: Buffer.from(body).toString('utf8') };
  }
}

/** A message that AWS's SDKs throw as the exception of that type. */
export function awsException(type: string, body: unknown): Buffer {
  return awsMessage({ ':message-type': 'exception', ':exception-type': type }, body);
}

/** A message with a body in JSON. */
export function awsMessage(headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const entries = Object.entries({ ...headers, ':content-type': 'application/json' });
  const typed = Object.fromEntries(
    entries.map(([name, value]) => [name, { type: 'string' as const, value }]),
  );
  return Buffer.from(codec.encode({ headers: typed, body: Buffer.from(JSON.stringify(body), 'utf8') }));
}
