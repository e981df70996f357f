import { invokeAnswerTexts, usageOfMetrics } from './bedrock-answer';
import { normaliseBedrockUsage } from './bedrock-usage';
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
import { AnthropicStreamMeter } from './stream-meter-anthropic';
import { EXCEPTION } from './stream-meter-converse';

/**
 * Meters InvokeModelWithResponseStream
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html). Each event
 * holds a piece of the model maker's own stream; the last one has what Bedrock counted. Claude's pieces tell more.
 */
export class InvokeStreamMeter implements StreamMeter {
  private readonly claude = new AnthropicStreamMeter();
  private readonly delivered = new DeliveredText();
  private isClaude = false;
  private counted: NormalisedUsage | null = null;
  private deltasAtUsage = -1;
  private isOver = false;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    const data = event.data === null ? null : asRecord(parseData(event.data));
    if (event.type?.startsWith(EXCEPTION) === true) {
      const error = { ...readStreamError(data), type: event.type.slice(EXCEPTION.length) };
      this.error ??= error;
      return { forward: true, terminal: false, error };
    }
    const bytes = asText(data?.['bytes']);
    if (bytes === null) return FORWARD;
    const piece = Buffer.from(bytes, 'base64').toString('utf8');
    this.addPiece(asRecord(parseData(piece)), { raw: event.raw, type: null, data: piece });
    return FORWARD;
  }

  summary(): StreamSummary {
    const own: StreamSummary = {
      usage: this.counted,
      usageIsFinal: this.counted !== null && this.deltasAtUsage === this.delivered.count,
      delivered: this.delivered.read(),
      model: null,
      serviceTier: null,
      finishReason: null,
      terminated: this.isOver,
      error: this.error,
    };
    return this.isClaude ? merged(own, this.claude.summary()) : own;
  }

  private addPiece(piece: JsonRecord | null, event: SseEvent): void {
    if (asText(piece?.['type'])?.startsWith('message_') === true) this.isClaude = true;
    if (this.isClaude) this.claude.accept(event);
    this.delivered.add(invokeAnswerTexts(piece));
    const metadata = asRecord(asRecord(piece?.['metadata'])?.['usage']);
    const metrics = asRecord(piece?.['amazon-bedrock-invocationMetrics']);
    if (metrics) this.isOver = true;
    const counted = (metadata && normaliseBedrockUsage(metadata)) ?? (metrics && usageOfMetrics(metrics));
    if (counted === null) return;
    this.counted = counted;
    this.deltasAtUsage = this.delivered.count;
  }
}

/** Claude's own pieces tell more than Bedrock's count; that one stands in where theirs were cut short. */
function merged(own: StreamSummary, claude: StreamSummary): StreamSummary {
  return {
    ...claude,
    usage: claude.usageIsFinal ? claude.usage : (own.usage ?? claude.usage),
    usageIsFinal: claude.usageIsFinal || own.usageIsFinal,
    terminated: claude.terminated || own.terminated,
    error: own.error ?? claude.error,
  };
}
