import { asArray, asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import type { SseEvent } from './sse';
import {
  DeliveredText,
  FORWARD,
  parseData,
  readStreamError,
  type StreamError,
  type StreamMeter,
  type StreamSummary,
  type StreamVerdict,
} from './stream-meter';
import { addUsage } from '../usage/usage';

/** How a stream of typed events is read: those of images, of speech and of transcripts have this in common. */
export interface EventRules {
  /** Types of events that end what was asked for. There is one for each image. */
  readonly ends: RegExp;
  /** Types of events that carry media. */
  readonly media: RegExp;
  /** The text that an event carries, which is billed as output. */
  texts(event: JsonRecord): readonly string[];
  /** What the event that ends it says was used; `text` is its JSON. */
  usage(event: JsonRecord, text: string): NormalisedUsage | null;
}

/** Meters the streams of OpenAI's images and audio (https://platform.openai.com/docs/api-reference/images-streaming). */
export class EventStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private usage: NormalisedUsage | null = null;
  private hasMedia = false;
  private terminated = false;
  private model: string | null = null;
  private error: StreamError | null = null;

  constructor(private readonly rules: EventRules) {}

  accept(event: SseEvent): StreamVerdict {
    if (event.data === null) return FORWARD;
    if (event.data.trim() === '[DONE]') return { forward: true, terminal: true, error: null };
    const data = asRecord(parseData(event.data));
    if (!data) return FORWARD;
    const type = asText(data['type']) ?? event.type ?? '';
    this.model = asText(data['model']) ?? this.model;
    this.delivered.add(this.rules.texts(data));
    if (this.rules.media.test(type)) this.hasMedia = true;
    const error = readError(data, type);
    this.error ??= error;
    if (!this.rules.ends.test(type)) return { forward: true, terminal: false, error };
    this.terminated = true;
    this.addUsage(this.rules.usage(data, event.data));
    return { forward: true, terminal: true, error };
  }

  summary(): StreamSummary {
    const { usage, model, terminated, error, hasMedia } = this;
    return {
      usage,
      usageIsFinal: usage !== null && terminated,
      delivered: this.delivered.read(),
      deliveredMedia: hasMedia,
      model,
      serviceTier: null,
      finishReason: null,
      terminated,
      error,
    };
  }

  /** Several images are several ends, each with a usage of its own. */
  private addUsage(more: NormalisedUsage | null): void {
    if (more === null) return;
    const { usage } = this;
    this.usage =
      usage === null
        ? more
        : {
            usage: addUsage(usage.usage, more.usage),
            raw: [...(Array.isArray(usage.raw) ? asArray(usage.raw) : [usage.raw]), more.raw],
            reconciles: usage.reconciles && more.reconciles,
            issues: [...usage.issues, ...more.issues],
            reportedCostUsd: null,
          };
  }
}

function readError(event: JsonRecord, type: string): StreamError | null {
  const error = asRecord(event['error']) ?? (type === 'error' ? event : null);
  return error === null ? null : readStreamError(error);
}
