import { asArray, asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { normaliseAnyUsage } from './any-usage';
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

export interface OpenAiStreamOptions {
  /**
   * The relay asked the upstream for usage and the client did not: the chunk that holds nothing else is hidden. The
   * `"usage":null` that the upstream then adds to every other chunk stays, because clients accept it and bytes that
   * are relayed unchanged can be proved to be so.
   */
  readonly hideUsageChunk: boolean;
}

/** Meters chat completions and completions (https://platform.openai.com/docs/api-reference/chat/streaming). */
export class OpenAiStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private usage: NormalisedUsage | null = null;
  private deltasAtUsage = 0;
  private model: string | null = null;
  private serviceTier: string | null = null;
  private finishReason: string | null = null;
  private terminated = false;
  private error: StreamError | null = null;

  constructor(private readonly options: OpenAiStreamOptions) {}

  accept(event: SseEvent): StreamVerdict {
    if (event.data === null) return FORWARD;
    if (event.data.trim() === '[DONE]') {
      this.terminated = true;
      return { forward: true, terminal: true, error: null };
    }
    const chunk = asRecord(parseData(event.data));
    if (!chunk) return FORWARD;
    this.model = asText(chunk['model']) ?? this.model;
    this.serviceTier = asText(chunk['service_tier']) ?? this.serviceTier;
    const choices = asArray(chunk['choices']);
    this.delivered.add(choices.flatMap((choice) => choiceTexts(asRecord(choice))));
    for (const choice of choices) {
      this.finishReason = asText(asRecord(choice)?.['finish_reason']) ?? this.finishReason;
    }
    const hasUsage = this.readUsage(chunk, event.data);
    const error = readError(chunk, event.type);
    this.error ??= error;
    const pureUsage = hasUsage && Array.isArray(chunk['choices']) && choices.length === 0 && error === null;
    return { forward: !(pureUsage && this.options.hideUsageChunk), terminal: false, error };
  }

  summary(): StreamSummary {
    return {
      usage: this.usage,
      usageIsFinal: this.usage !== null && this.deltasAtUsage === this.delivered.count,
      delivered: this.delivered.read(),
      model: this.model,
      serviceTier: this.serviceTier,
      finishReason: this.finishReason,
      terminated: this.terminated,
      error: this.error,
    };
  }

  /** The last block wins: some upstreams send a running one with every chunk. Groq has its own place for it. */
  private readUsage(chunk: JsonRecord, text: string): boolean {
    const groq = asRecord(chunk['x_groq'])?.['usage'];
    const usage =
      normaliseAnyUsage(chunk['usage'], text) ??
      (asRecord(groq) ? normaliseAnyUsage(groq, memberText(text, 'x_groq') ?? undefined) : null);
    if (usage === null) return false;
    this.usage = usage;
    this.deltasAtUsage = this.delivered.count;
    return true;
  }
}

/** Every text of a choice, streamed or whole, that the upstream bills as output, under the names that providers give it. */
export function choiceTexts(choice: JsonRecord | null): string[] {
  const delta = asRecord(choice?.['delta']) ?? asRecord(choice?.['message']) ?? {};
  // OpenRouter sends reasoning twice, as `reasoning` and as `reasoning_details`; only one of them is counted.
  const texts = [choice?.['text'], delta['refusal'], delta['reasoning_content'] ?? delta['reasoning']];
  if (typeof delta['content'] === 'string') texts.push(delta['content']);
  // Mistral's content may be a list of parts, thinking among them.
  for (const part of asArray(delta['content'])) texts.push(...partTexts(asRecord(part)));
  texts.push(asRecord(delta['audio'])?.['transcript']);
  texts.push(...callTexts(delta['function_call']));
  for (const call of asArray(delta['tool_calls'])) {
    texts.push(...callTexts(asRecord(call)?.['function']), ...callTexts(asRecord(call)?.['custom']));
  }
  return texts.filter((text): text is string => typeof text === 'string');
}

function callTexts(call: unknown): unknown[] {
  const record = asRecord(call) ?? {};
  return [record['name'], record['arguments'], record['input']];
}

function partTexts(part: JsonRecord | null): unknown[] {
  return [part?.['text'], ...asArray(part?.['thinking']).map((inner) => asRecord(inner)?.['text'])];
}

/** `{"error":{…}}` or an `error` event inside a 200; some gateways put the error beside the choices. */
function readError(chunk: JsonRecord, type: string | null): StreamError | null {
  const error = chunk['error'];
  if (typeof error === 'string') return { message: error, type: null, code: null };
  const record = asRecord(error) ?? (type === 'error' ? chunk : null);
  return record === null ? null : readStreamError(record);
}
