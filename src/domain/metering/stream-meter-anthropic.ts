import { mergeAnthropicUsage, normaliseAnthropicUsage } from './anthropic-usage';
import { asRecord, asText, type JsonRecord } from './json';
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

/**
 * Meters a Messages stream (https://platform.claude.com/docs/en/build-with-claude/streaming). The usage of
 * `message_start` has the true input but a placeholder of the output, so until a `message_delta` comes
 * `usageIsFinal` is false and the output is to be estimated. Nothing is ever hidden.
 */
export class AnthropicStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private usage: JsonRecord | null = null;
  private deltasAtUsage = -1;
  private model: string | null = null;
  private finishReason: string | null = null;
  private terminated = false;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    if (event.data === null) return FORWARD;
    const message = asRecord(parseData(event.data));
    switch (asText(message?.['type']) ?? event.type) {
      case 'message_start':
        this.start(asRecord(message?.['message']));
        return FORWARD;
      case 'content_block_start':
        this.delivered.add(startTexts(asRecord(message?.['content_block'])));
        return FORWARD;
      case 'content_block_delta':
        this.delivered.add(deltaTexts(asRecord(message?.['delta'])));
        return FORWARD;
      case 'message_delta':
        this.delta(message);
        return FORWARD;
      case 'message_stop':
        this.terminated = true;
        return { forward: true, terminal: true, error: null };
      case 'error': {
        const error = readStreamError(asRecord(message?.['error']));
        this.error ??= error;
        return { forward: true, terminal: false, error };
      }
      default:
        return FORWARD;
    }
  }

  summary(): StreamSummary {
    const usage = normaliseAnthropicUsage(this.usage);
    return {
      usage,
      usageIsFinal: usage !== null && this.deltasAtUsage === this.delivered.count,
      delivered: this.delivered.read(),
      model: this.model,
      serviceTier: asText(this.usage?.['service_tier']),
      finishReason: this.finishReason,
      terminated: this.terminated,
      error: this.error,
    };
  }

  private start(message: JsonRecord | null): void {
    this.model = asText(message?.['model']) ?? this.model;
    if (asRecord(message?.['usage'])) this.usage = mergeAnthropicUsage(this.usage, message?.['usage']);
  }

  private delta(message: JsonRecord | null): void {
    this.finishReason = asText(asRecord(message?.['delta'])?.['stop_reason']) ?? this.finishReason;
    if (!asRecord(message?.['usage'])) return;
    this.usage = mergeAnthropicUsage(this.usage, message?.['usage']);
    this.deltasAtUsage = this.delivered.count;
  }
}

/** What the start of a block holds of text that is billed. */
export function startTexts(block: JsonRecord | null): string[] {
  return [block?.['text'], block?.['thinking'], block?.['name']].filter(isText);
}

/** What a delta of a block holds of text that is billed. */
export function deltaTexts(delta: JsonRecord | null): string[] {
  return [delta?.['text'], delta?.['thinking'], delta?.['partial_json']].filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
