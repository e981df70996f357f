/** One answer, once it is complete. */
export interface ReadResponse {
  readonly status: number;
  readonly bodyStart: number;
  readonly bytes: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const EMPTY: Buffer = Buffer.alloc(0);
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/**
 * Finds the end of an HTTP/1.1 answer on a connection that carries one at a time. It reads what the benchmark's servers
 * send and no more: a general client would take more of the machine than some of what it measures.
 */
export class ResponseReader {
  private bytes: Buffer = EMPTY;
  private bodyStart = -1;
  private bodyLength = -1;
  private status = 0;

  /** The answer when this piece completes it, else null. */
  push(piece: Buffer): ReadResponse | null {
    this.bytes = this.bytes.length === 0 ? piece : Buffer.concat([this.bytes, piece]);
    if (this.bodyStart < 0 && !this.readHead()) return null;
    if (!this.isComplete()) return null;
    const { status, bodyStart, bytes } = this;
    this.bytes = EMPTY;
    this.bodyStart = -1;
    return { status, bodyStart, bytes };
  }

  /** Whether a byte of the answer's body has come. */
  get bodyBegun(): boolean {
    return this.bodyStart >= 0 && this.bytes.length > this.bodyStart;
  }

  private readHead(): boolean {
    const end = this.bytes.indexOf(HEAD_END);
    if (end < 0) return false;
    this.bodyStart = end + HEAD_END.length;
    const head = this.bytes.toString('latin1', 0, end).toLowerCase();
    this.status = Number(head.slice(9, 12));
    const length = /\ncontent-length: *(\d+)/.exec(head)?.[1];
    this.bodyLength = length === undefined ? -1 : Number(length);
    if (this.bodyLength < 0 && !head.includes('\ntransfer-encoding: chunked'))
      throw new Error(`An answer without a length: ${head}`);
    return true;
  }

  private isComplete(): boolean {
    if (this.bodyLength >= 0) return this.bytes.length >= this.bodyStart + this.bodyLength;
    const tail = this.bytes.length - LAST_CHUNK.length;
    return tail >= this.bodyStart && this.bytes.subarray(tail).equals(LAST_CHUNK);
  }
}
