import { addUsage, type Usage } from '../usage/usage';
import { normaliseAnyUsage } from './any-usage';
import { asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { normaliseTranscription } from './transcription-usage';

/** What a realtime session used so far. */
export interface RealtimeUsage {
  readonly usage: Usage;
  /** How many answers of the provider named a usage. */
  readonly answers: number;
  /** The provider's blocks, in order. */
  readonly raw: readonly unknown[];
  readonly issues: readonly string[];
}

/**
 * Adds up the usage of a realtime session from the messages of the provider:
 * - OpenAI's `response.done`, whose block counts that response alone, and what transcribing the user's sound took
 *   beside it (https://platform.openai.com/docs/guides/realtime-costs);
 * - xAI's `response.done`, which has the block beside the response;
 * - Gemini's live messages, each with the `usageMetadata` of its turn (https://ai.google.dev/api/live).
 */
export class RealtimeTally {
  private total: Usage = {};
  private answers = 0;
  private readonly raw: unknown[] = [];
  private readonly issues: string[] = [];

  /** Takes one message of the provider; what says nothing of usage is passed over. */
  accept(message: unknown): void {
    const read = usageOf(asRecord(message) ?? {});
    if (!read) return;
    this.total = addUsage(this.total, read.usage);
    this.answers++;
    this.raw.push(read.raw);
    this.issues.push(...read.issues);
  }

  read(): RealtimeUsage {
    return { usage: this.total, answers: this.answers, raw: [...this.raw], issues: [...this.issues] };
  }
}

function usageOf(message: JsonRecord): NormalisedUsage | null {
  const type = asText(message['type']);
  if (type === null) return normaliseAnyUsage(message['usageMetadata']);
  if (type === 'response.done') {
    const response = asRecord(message['response']);
    return normaliseAnyUsage(response?.['usage']) ?? normaliseAnyUsage(message['usage']);
  }
  return type === 'conversation.item.input_audio_transcription.completed'
    ? normaliseTranscription(message)
    : null;
}
