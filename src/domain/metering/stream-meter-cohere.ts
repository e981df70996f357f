import { normaliseCohereUsage } from './cohere-usage';
import { asRecord, asText, type JsonRecord } from './json';
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

/** Meters Cohere's chat (https://docs.cohere.com/docs/streaming): `message-end` has the usage and ends the stream. */
export class CohereStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private usage: NormalisedUsage | null = null;
  private finishReason: string | null = null;
  private terminated = false;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    if (event.data === null) return FORWARD;
    if (event.data.trim() === '[DONE]') return { forward: true, terminal: true, error: null };
    const data = asRecord(parseData(event.data));
    if (!data) return FORWARD;
    const delta = asRecord(data['delta']);
    this.delivered.add(textsOf(data, delta));
    const failure = asText(delta?.['error']) ?? (data['type'] === 'error' ? asText(data['message']) : null);
    if (failure !== null) this.error ??= readStreamError({ message: failure });
    if (data['type'] !== 'message-end') return { forward: true, terminal: false, error: this.error };
    this.usage = normaliseCohereUsage(delta?.['usage']);
    this.finishReason = asText(delta?.['finish_reason']);
    this.terminated = true;
    return { forward: true, terminal: true, error: this.error };
  }

  summary(): StreamSummary {
    const { usage, finishReason, terminated, error } = this;
    const delivered = this.delivered.read();
    const usageIsFinal = usage !== null && terminated;
    return {
      usage,
      usageIsFinal,
      delivered,
      model: null,
      serviceTier: null,
      finishReason,
      terminated,
      error,
    };
  }
}

/** What the model wrote: text, thinking, plans and calls of tools. Citations repeat what was sent. */
function textsOf(data: JsonRecord, delta: JsonRecord | null): string[] {
  const message = asRecord(delta?.['message']);
  const content = asRecord(message?.['content']);
  const texts: unknown[] = [content?.['text'], content?.['thinking'], message?.['tool_plan']];
  if (asText(data['type'])?.startsWith('tool-call') === true) {
    const called = asRecord(asRecord(message?.['tool_calls'])?.['function']);
    texts.push(called?.['name'], called?.['arguments']);
  }
  return texts.filter((text): text is string => typeof text === 'string');
}
