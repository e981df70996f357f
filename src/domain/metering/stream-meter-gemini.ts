import { candidateTexts, geminiTier, groundingOf, usageOfGemini } from './gemini-answer';
import { asArray, asRecord, asText, type JsonRecord } from './json';
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
 * Meters streamed content (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent). Each chunk
 * is a whole response with the usage so far; the last block wins. No event ends a stream by itself: it is complete when a
 * candidate has its reason for finishing, or when the prompt was refused.
 */
export class GeminiStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private readonly grounded: JsonRecord[] = [];
  private usage: JsonRecord | null = null;
  private deltasAtUsage = -1;
  private model: string | null = null;
  private finishReason: string | null = null;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    const chunk = event.data === null ? null : asRecord(parseData(event.data));
    if (!chunk) return FORWARD;
    this.model = asText(chunk['modelVersion']) ?? this.model;
    const candidates = asArray(chunk['candidates']).map(asRecord);
    this.delivered.add(candidates.flatMap(candidateTexts));
    for (const candidate of candidates) {
      this.finishReason = asText(candidate?.['finishReason']) ?? this.finishReason;
      if (candidate?.['groundingMetadata'] !== undefined) this.grounded.push(candidate);
    }
    this.finishReason = asText(asRecord(chunk['promptFeedback'])?.['blockReason']) ?? this.finishReason;
    const usage = asRecord(chunk['usageMetadata']);
    if (usage) {
      this.usage = usage;
      this.deltasAtUsage = this.delivered.count;
    }
    const failure = asRecord(chunk['error']);
    if (failure === null) return FORWARD;
    const error = readStreamError(failure);
    this.error ??= error;
    return { forward: true, terminal: false, error };
  }

  summary(): StreamSummary {
    const usage = usageOfGemini(this.usage, groundingOf(this.grounded, this.model ?? ''));
    return {
      usage,
      usageIsFinal: usage !== null && this.deltasAtUsage === this.delivered.count,
      delivered: this.delivered.read(),
      model: this.model,
      serviceTier: geminiTier(this.usage),
      finishReason: this.finishReason,
      terminated: this.finishReason !== null,
      error: this.error,
    };
  }
}
