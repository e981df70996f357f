import { addUsage, USAGE_UNITS, type Usage } from '../usage/usage';
import { normaliseAnyUsage } from './any-usage';
import { asArray, asCount, asRecord, asText } from './json';
import { ServerToolTally } from './response-output';

/** What an answer of any provider tells about its cost. */
export interface AnsweredUsage {
  readonly usage: Usage;
  /** The model that answered; null when the answer does not say. */
  readonly model: string | null;
  readonly serviceTier: string | null;
}

/**
 * Reads a usage block of any provider, or one of this program's own buckets (`inputText`, `outputText`, …). Null when it
 * counts nothing that is known.
 */
export function readUsage(value: unknown): Usage | null {
  const block = asRecord(value);
  if (!block) return null;
  const own = USAGE_UNITS.filter((unit) => asCount(block[unit]) !== null);
  if (own.length > 0) return Object.fromEntries(own.map((unit) => [unit, asCount(block[unit]) ?? 0]));
  return normaliseAnyUsage(block)?.usage ?? null;
}

/** Reads a whole answer: OpenAI's and those that copy it, Anthropic's, Gemini's (`usageMetadata`), Bedrock's. */
export function readAnsweredUsage(value: unknown): AnsweredUsage | null {
  const answer = asRecord(value);
  const block = asRecord(answer?.['usage']) ?? asRecord(answer?.['usageMetadata']);
  const usage = readUsage(block);
  if (!answer || !usage) return null;
  const tools = new ServerToolTally();
  for (const item of asArray(answer['output'])) tools.add(asRecord(item));
  const counted = tools.read();
  return {
    usage: usage.webSearches === undefined ? addUsage(usage, counted) : usage,
    model: asText(answer['model']) ?? asText(answer['modelVersion']),
    serviceTier: asText(answer['service_tier']) ?? asText(block?.['service_tier']),
  };
}
