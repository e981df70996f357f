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

/** How the type of an event begins that reports a failure inside a stream. */
export const EXCEPTION = 'exception:';

/** Meters ConverseStream: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. */
export class ConverseStreamMeter implements StreamMeter {
  private readonly delivered = new DeliveredText();
  private usage: NormalisedUsage | null = null;
  private deltasAtUsage = -1;
  private finishReason: string | null = null;
  private serviceTier: string | null = null;
  private error: StreamError | null = null;

  accept(event: SseEvent): StreamVerdict {
    const data = event.data === null ? null : asRecord(parseData(event.data));
    if (event.type?.startsWith(EXCEPTION) === true) {
      const error = { ...readStreamError(data), type: event.type.slice(EXCEPTION.length) };
      this.error ??= error;
      return { forward: true, terminal: false, error };
    }
    this.read(event.type, data);
    return FORWARD;
  }

  summary(): StreamSummary {
    const { usage, finishReason, serviceTier, error } = this;
    return {
      usage,
      usageIsFinal: usage !== null && this.deltasAtUsage === this.delivered.count,
      delivered: this.delivered.read(),
      model: null,
      serviceTier,
      finishReason,
      terminated: finishReason !== null && usage !== null,
      error,
    };
  }

  private read(type: string | null, data: JsonRecord | null): void {
    if (type === 'contentBlockStart') {
      this.delivered.add(textsOf(asRecord(asRecord(data?.['start'])?.['toolUse']), ['name']));
    } else if (type === 'contentBlockDelta') {
      this.addDelta(asRecord(data?.['delta']));
    } else if (type === 'messageStop') {
      this.finishReason = asText(data?.['stopReason']);
    } else if (type === 'metadata') {
      this.usage = normaliseBedrockUsage(data?.['usage']) ?? this.usage;
      this.serviceTier = asText(asRecord(data?.['serviceTier'])?.['type']);
      this.deltasAtUsage = this.delivered.count;
    }
  }

  private addDelta(delta: JsonRecord | null): void {
    this.delivered.add([
      ...textsOf(delta, ['text']),
      ...textsOf(asRecord(delta?.['toolUse']), ['input']),
      ...textsOf(asRecord(delta?.['reasoningContent']), ['text']),
    ]);
  }
}

function textsOf(record: JsonRecord | null, names: readonly string[]): string[] {
  return names.map((name) => asText(record?.[name])).filter((text) => text !== null);
}
