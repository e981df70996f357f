import { asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import type { SseEvent } from './sse';

/** What a relay does with one event of an upstream's stream. */
export interface StreamVerdict {
  /** False for the usage chunk that the client did not ask for; every other event goes on, its bytes unchanged. */
  readonly forward: boolean;
  /** The event that ends the stream by the format's rules ([DONE], message_stop). */
  readonly terminal: boolean;
  /** Set when the event reports a failure inside a response whose status was 200. */
  readonly error: StreamError | null;
}

export interface StreamError {
  readonly message: string;
  readonly type: string | null;
  readonly code: string | null;
}

/** What an upstream says of an error, in the members that all formats share. */
export function readStreamError(error: JsonRecord | null): StreamError {
  const code = error?.['code'];
  return {
    message: asText(error?.['message']) ?? 'The upstream reported an error without a message.',
    type: asText(error?.['type']),
    code: typeof code === 'number' ? String(code) : asText(code),
  };
}

/** What was handed to the client, for an estimate when the upstream's own count never comes. */
export interface Delivered {
  /** Events that carried text, reasoning, audio or arguments of tool calls. */
  readonly deltas: number;
  readonly characters: number;
  /** UTF-8 bytes: no fewer than the tokens of a byte-level tokenizer. */
  readonly bytes: number;
  /** The text itself, up to `SAMPLE_CHARACTERS`; shorter than `characters` when it was cut. */
  readonly sample: string;
}

export interface StreamSummary {
  /** The upstream's last usage block, and null when it sent none. */
  readonly usage: NormalisedUsage | null;
  /** The block covers all that was delivered: no output came behind it. */
  readonly usageIsFinal: boolean;
  readonly delivered: Delivered;
  /** Pictures or sound were delivered, which no text shows. Default false. */
  readonly deliveredMedia?: boolean;
  readonly model: string | null;
  readonly serviceTier: string | null;
  readonly finishReason: string | null;
  readonly terminated: boolean;
  readonly error: StreamError | null;
}

/** Reads the events of one stream in order; one per wire format. It holds a bounded amount of memory. */
export interface StreamMeter {
  accept(event: SseEvent): StreamVerdict;
  summary(): StreamSummary;
}

export const FORWARD: StreamVerdict = { forward: true, terminal: false, error: null };

/** Enough for some 60,000 tokens of English; what lies behind it is counted in proportion. */
export const SAMPLE_CHARACTERS = 256 * 1024;

/** Counts delivered text. The sample is kept as parts and joined once, so that a long stream costs no copying. */
export class DeliveredText {
  private deltas = 0;
  private characters = 0;
  private bytes = 0;
  private sampled = 0;
  private readonly parts: string[] = [];

  /** Counts the texts of one event; events without any are no deltas. */
  add(texts: readonly string[]): void {
    let any = false;
    for (const text of texts) {
      if (text === '') continue;
      any = true;
      this.characters += text.length;
      this.bytes += Buffer.byteLength(text, 'utf8');
      const room = SAMPLE_CHARACTERS - this.sampled;
      if (room <= 0) continue;
      this.parts.push(text.slice(0, room));
      this.sampled += Math.min(room, text.length);
    }
    if (any) this.deltas++;
  }

  get count(): number {
    return this.deltas;
  }

  read(): Delivered {
    const { deltas, characters, bytes } = this;
    return { deltas, characters, bytes, sample: this.parts.join('') };
  }
}

/** JSON of an event's data; null when it is none, which the relay forwards all the same. */
export function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}
