import type { SseEvent } from '../../domain/metering/sse';

/** Why a stream was ended here, and what its client was given until then. */
export interface CutUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Watches what a client was given of one stream, so that it can be ended early in a way that the client takes for an end. */
export interface StreamCut {
  /** What the events so far held of text that is billed. */
  readonly text: RunningText;
  /** Takes note of an event that the client is given. */
  see(event: SseEvent): void;
  /** The events that end the stream as if the bound on its length had been reached. */
  end(usage: CutUsage): Buffer;
}

/** Bytes of text that stand for a token at least: prose has four and more, code and other scripts about three. */
const BYTES_PER_TOKEN = 3;

/** Text as it comes, of which the first part has been counted and the rest is estimated, rather too high than too low. */
export class RunningText {
  private counted = 0;
  private deltas = 0;
  private bytes = 0;
  private parts: string[] = [];

  add(texts: readonly string[]): void {
    const text = texts.join('');
    if (text === '') return;
    this.deltas += 1;
    this.bytes += Buffer.byteLength(text);
    this.parts.push(text);
  }

  get tokens(): number {
    return this.counted + Math.max(this.deltas, Math.ceil(this.bytes / BYTES_PER_TOKEN));
  }

  /** Puts the tokens of the text that was only estimated in the place of the estimate. */
  async count(tokensOf: (text: string) => Promise<number>): Promise<void> {
    const text = this.parts.join('');
    this.parts = [];
    const tokens = await tokensOf(text);
    this.counted += tokens;
    this.deltas = 0;
    this.bytes = 0;
  }
}
