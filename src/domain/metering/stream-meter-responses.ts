import { asArray, asRecord, asText, type JsonRecord } from './json';
import { normaliseAnyUsage } from './any-usage';
import type { NormalisedUsage } from './normalised-usage';
import { ServerToolTally, withServerTools } from './response-output';
import type { SseEvent } from './sse';
import { memberText } from './splice-json';
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

/** https://platform.openai.com/docs/api-reference/responses-streaming: after one of these nothing of worth comes. */
const TERMINAL = new Set(['response.completed', 'response.incomplete', 'response.failed']);
/** The sound itself comes as base64; its transcript has deltas of its own. */
const SOUND = 'response.audio.delta';

/** Meters a stream of the Responses API. Usage comes once, in the response of the event that ends the stream. */
export class ResponsesStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private readonly tools = new ServerToolTally();
  private usage: NormalisedUsage | null = null;
  private model: string | null = null;
  private serviceTier: string | null = null;
  private finishReason: string | null = null;
  private terminated = false;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    if (event.data === null) return FORWARD;
    // Not of the format, but some servers end every stream with it.
    if (event.data.trim() === '[DONE]') return { ...FORWARD, terminal: this.terminated };
    const data = asRecord(parseData(event.data));
    if (!data) return FORWARD;
    const type = asText(data['type']) ?? event.type ?? '';
    this.countDelivered(type, data);
    const response = asRecord(data['response']);
    if (response) this.readResponse(response, event.data);
    const error = readError(type, data, response);
    this.error ??= error;
    const terminal = TERMINAL.has(type);
    this.terminated ||= terminal;
    return { forward: true, terminal, error };
  }

  summary(): StreamSummary {
    return {
      usage: withServerTools(this.usage, this.tools.read()),
      usageIsFinal: this.usage !== null,
      delivered: this.delivered.read(),
      model: this.model,
      serviceTier: this.serviceTier,
      finishReason: this.finishReason,
      terminated: this.terminated,
      error: this.error,
    };
  }

  /** Text, refusals, reasoning, summaries and arguments all come as `….delta`; names of called tools with their item. */
  private countDelivered(type: string, data: JsonRecord): void {
    const item = asRecord(data['item']);
    if (type.endsWith('.delta') && type !== SOUND) this.delivered.add([asText(data['delta']) ?? '']);
    else if (type === 'response.output_item.added') this.delivered.add([asText(item?.['name']) ?? '']);
    else if (type === 'response.output_item.done') this.tools.add(item);
  }

  private readResponse(response: JsonRecord, text: string): void {
    this.model = asText(response['model']) ?? this.model;
    this.serviceTier = asText(response['service_tier']) ?? this.serviceTier;
    this.finishReason = finishReasonOf(response) ?? this.finishReason;
    if (response['usage'] === undefined || response['usage'] === null) return;
    this.usage =
      normaliseAnyUsage(response['usage'], memberText(text, 'response') ?? undefined) ?? this.usage;
  }
}

/** Why a response ended, in the API's words: `max_output_tokens` and the like, else its status. */
export function finishReasonOf(response: JsonRecord | null): string | null {
  return asText(asRecord(response?.['incomplete_details'])?.['reason']) ?? asText(response?.['status']);
}

/** Every item of a response's output. */
export function outputItems(response: JsonRecord | null): (JsonRecord | null)[] {
  return asArray(response?.['output']).map(asRecord);
}

/** An `error` event has the error's members itself, or under `error`; a failed response has them inside it. */
function readError(type: string, data: JsonRecord, response: JsonRecord | null): StreamError | null {
  const within = asRecord(data['error']);
  const failed = type === 'response.failed' ? (asRecord(response?.['error']) ?? {}) : null;
  const error = within ?? (type === 'error' ? data : failed);
  if (!error) return null;
  const read = readStreamError(error);
  // The type of an `error` event is the event's own.
  return read.type === 'error' ? { ...read, type: null } : read;
}
