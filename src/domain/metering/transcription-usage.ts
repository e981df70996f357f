import { asRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';
import { normaliseOpenAiUsage } from './openai-usage';

/**
 * Reads what a transcription or translation used: its `usage`, in tokens or in seconds, else the `duration` that
 * verbose answers name (https://platform.openai.com/docs/api-reference/audio). Null when it says neither.
 */
export function normaliseTranscription(response: unknown, text?: string): NormalisedUsage | null {
  const answer = asRecord(response);
  const block = asRecord(answer?.['usage']);
  if (block && block['type'] !== 'duration') {
    const tokens = normaliseOpenAiUsage(block, text);
    if (tokens) return tokens;
  }
  const seconds = secondsOf(block?.['seconds']) ?? secondsOf(answer?.['duration']);
  if (seconds === null) return null;
  const builder = new UsageBuilder();
  builder.add('inputAudioMs', Math.round(seconds * 1_000));
  return builder.build(block ?? { duration: answer?.['duration'] });
}

/** Seconds are no money: milliseconds of them are whole numbers. Older answers name them in a string. */
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
