/** One server-sent event as it came: its bytes, and what they say. */
export interface SseEvent {
  /** Every byte of the event, the blank line that ends it included. Written out in order they are the stream. */
  readonly raw: Buffer;
  /** The `event` field; null when the event has none. */
  readonly type: string | null;
  /** The `data` fields joined by line feeds; null when there is none, as in a comment or a stray blank line. */
  readonly data: string | null;
}

/** The upstream sent one event larger than the relay is willing to hold. */
export class SseEventTooLargeError extends Error {
  override readonly name = 'SseEventTooLargeError';

  constructor(readonly maxEventBytes: number) {
    super(`An event of the upstream's stream is larger than ${maxEventBytes} bytes.`);
  }
}

const LF = 0x0a;
const CR = 0x0d;
const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into whole server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html),
 * wherever its chunks are cut: inside a line end, a character, or an event. Lines end by LF, CRLF or CR. Memory is
 * bounded by `maxEventBytes`.
 */
export class SseParser {
  private chunks: Buffer[] = [];
  private pendingBytes = 0;
  /** Bytes of the current line so far, which tells a blank line from the end of another. */
  private lineLength = 0;
  /** The last byte was a CR, so that a LF now belongs to it. */
  private afterCr = false;
  /** An event's blank line ended by a CR whose LF may still come. */
  private endPending = false;
  /** False once a CR was not followed by a LF: then no LF is waited for. */
  private crlf = true;

  constructor(private readonly maxEventBytes: number = DEFAULT_MAX_EVENT_BYTES) {}

  /** Takes the next bytes and answers the events that they complete. Throws `SseEventTooLargeError`. */
  push(chunk: Uint8Array): SseEvent[] {
    const mayHaveCr = this.afterCr || this.endPending || chunk.includes(CR);
    return mayHaveCr ? this.pushBytes(chunk) : this.pushLines(chunk);
  }

  /** Where all lines end by LF, as nearly everywhere, the search for the line ends needs no state. */
  private pushLines(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    let lineStart = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      const blank = at === lineStart && this.lineLength === 0;
      this.lineLength = 0;
      lineStart = at + 1;
      if (!blank) continue;
      this.hold(chunk.subarray(start, lineStart));
      start = lineStart;
      events.push(this.take());
    }
    this.lineLength += chunk.length - lineStart;
    this.hold(chunk.subarray(start));
    return events;
  }

  private pushBytes(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    const cutAt = (end: number): void => {
      this.hold(chunk.subarray(start, end));
      start = end;
      events.push(this.take());
    };
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      const joined = byte === LF && this.afterCr;
      if (this.afterCr) this.crlf = joined;
      this.afterCr = byte === CR;
      if (this.endPending) {
        this.endPending = false;
        cutAt(joined ? at + 1 : at);
      }
      if (joined) continue;
      if (byte !== LF && byte !== CR) {
        this.lineLength++;
        continue;
      }
      const blank = this.lineLength === 0;
      this.lineLength = 0;
      if (!blank) continue;
      // A blank line ended by CR is whole at once in a stream of bare CRs; elsewhere its LF is about to come.
      if (byte === LF || !this.crlf) cutAt(at + 1);
      else this.endPending = true;
    }
    this.hold(chunk.subarray(start));
    return events;
  }

  /** The bytes behind the last whole event when the stream ends, as an event of their own; null when there are none. */
  end(): SseEvent | null {
    this.lineLength = 0;
    this.afterCr = false;
    this.endPending = false;
    return this.pendingBytes > 0 ? this.take() : null;
  }

  private hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.pendingBytes += bytes.length;
    if (this.pendingBytes > this.maxEventBytes) throw new SseEventTooLargeError(this.maxEventBytes);
    // A copy, because the reader of the stream may use the chunk's memory again.
    this.chunks.push(Buffer.from(bytes));
  }

  private take(): SseEvent {
    const [only] = this.chunks;
    const raw = only && this.chunks.length === 1 ? only : Buffer.concat(this.chunks);
    this.chunks = [];
    this.pendingBytes = 0;
    return { raw, ...readFields(raw) };
  }
}

/** An event's bytes read by the specification's rules; a whole event is decoded at once, so no character is cut. */
function readFields(raw: Buffer): { type: string | null; data: string | null } {
  const text = raw.toString('utf8');
  // Nearly every event is one line of data, for which nothing has to be cut to pieces.
  if (text.startsWith('data:') && text.indexOf('\n') === text.length - 2 && !text.includes('\r'))
    return { type: null, data: text.slice(text.startsWith(' ', 5) ? 6 : 5, -2) };
  let type: string | null = null;
  const data: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') data.push(value);
    else if (name === 'event') type = value;
  }
  return { type, data: data.length === 0 ? null : data.join('\n') };
}
