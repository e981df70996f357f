import { EventAssembler } from './event-assembler';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-strings';
import type { SseEvent } from './sse';

/**
 * Cuts a JSON array of objects that arrives in pieces into its elements. The bytes between two elements go with the
 * second; the bracket that ends the array is what is left over. Only brackets and strings are looked at: what is between
 * them is for the client to read.
 */
export class JsonArrayParser {
  private readonly pending = new EventAssembler();
  private depth = 0;
  private inString = false;
  private isEscaped = false;

  push(piece: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      if (!this.endsElement(piece[at] ?? 0)) continue;
      this.pending.hold(piece.subarray(start, at + 1));
      start = at + 1;
      const raw = this.pending.take();
      events.push({ raw, type: null, data: raw.toString('utf8').replace(/^[^{]*/, '') });
    }
    this.pending.hold(piece.subarray(start));
    return events;
  }

  end(): SseEvent | null {
    return this.pending.isEmpty ? null : { raw: this.pending.take(), type: null, data: null };
  }

  /** Whether the byte closes an object of the outermost array. */
  private endsElement(byte: number): boolean {
    if (this.inString) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) this.inString = false;
      return false;
    }
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      this.depth--;
      return byte === CLOSE_OBJECT && this.depth === 1;
    }
    return false;
  }
}
