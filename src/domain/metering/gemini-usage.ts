import type { TokenUnit } from '../usage/usage';
import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';

/** Buckets by modality; text and documents (which are billed as text) are what is left of the total. */
const INPUT: Readonly<Record<string, TokenUnit>> = {
  AUDIO: 'inputAudio',
  IMAGE: 'inputImage',
  VIDEO: 'inputVideo',
};
const OUTPUT: Readonly<Record<string, TokenUnit>> = {
  AUDIO: 'outputAudio',
  IMAGE: 'outputImage',
  VIDEO: 'outputVideo',
};
const CACHED: Readonly<Record<string, TokenUnit>> = {
  AUDIO: 'inputAudioCacheRead',
  IMAGE: 'inputImageCacheRead',
};

/**
 * Reads `usageMetadata` of Gemini and Vertex (https://ai.google.dev/api/generate-content#UsageMetadata).
 * `promptTokenCount` includes `cachedContentTokenCount`; `thoughtsTokenCount` and `toolUsePromptTokenCount` stand
 * beside `promptTokenCount` and `candidatesTokenCount`, and `totalTokenCount` is the sum of all four. In a stream
 * the last chunk's block wins. Answers null when the block counts nothing, as that of stored content does.
 */
export function normaliseGeminiUsage(raw: unknown): NormalisedUsage | null {
  const block = asRecord(raw);
  const prompt = asCount(block?.['promptTokenCount']);
  if (!block || prompt === null) return null;
  const builder = new UsageBuilder();

  const cached = asCount(block['cachedContentTokenCount']) ?? 0;
  const cachedKinds = byModality(block['cacheTokensDetails']);
  const kinds = byModality(block['promptTokensDetails']);
  const cachedRest = deal(builder, CACHED, cachedKinds, cached, 'cacheTokensDetails');
  builder.add('inputCacheRead', cachedRest);
  const fresh = new Map(
    [...kinds].map(([kind, count]) => [kind, Math.max(0, count - (cachedKinds.get(kind) ?? 0))]),
  );
  builder.add('inputText', deal(builder, INPUT, fresh, Math.max(0, prompt - cached), 'promptTokensDetails'));
  if (cached > prompt) {
    builder.note(`cachedContentTokenCount is ${cached}, more than promptTokenCount ${prompt}`);
  }
  builder.add('inputText', asCount(block['toolUsePromptTokenCount']) ?? 0);

  const answer = asCount(block['candidatesTokenCount']) ?? asCount(block['responseTokenCount']) ?? 0;
  const answerKinds = byModality(block['candidatesTokensDetails'] ?? block['responseTokensDetails']);
  builder.add('outputText', deal(builder, OUTPUT, answerKinds, answer, 'candidatesTokensDetails'));
  addThoughts(builder, block, prompt, answer);
  return builder.build(raw);
}

/** Thoughts stand beside the answer, but the live API leaves them out of its total although they are billed. */
function addThoughts(builder: UsageBuilder, block: JsonRecord, prompt: number, answer: number): void {
  const thoughts = asCount(block['thoughtsTokenCount']) ?? 0;
  const tools = asCount(block['toolUsePromptTokenCount']) ?? 0;
  const total = asCount(block['totalTokenCount']);
  builder.add('outputReasoning', thoughts);
  const leftOut = total !== null && 'responseTokenCount' in block && total === prompt + answer + tools;
  builder.expectTotal(total === null ? null : total + (leftOut ? thoughts : 0), 'totalTokenCount');
}

function deal(
  builder: UsageBuilder,
  units: Readonly<Record<string, TokenUnit>>,
  kinds: ReadonlyMap<string, number>,
  total: number,
  name: string,
): number {
  let rest = total;
  for (const [kind, count] of kinds) {
    const unit = units[kind];
    if (unit !== undefined) rest = builder.take(unit, count, rest, `${name} ${kind}`);
  }
  return rest;
}

function byModality(details: unknown): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of asArray(details)) {
    const kind = asText(asRecord(entry)?.['modality']);
    if (kind !== null) {
      counts.set(kind, (counts.get(kind) ?? 0) + (asCount(asRecord(entry)?.['tokenCount']) ?? 0));
    }
  }
  return counts;
}
