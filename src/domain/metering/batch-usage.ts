import { asCount, asRecord, asText, type JsonRecord } from './json';
import type { NormalisedUsage } from './normalised-usage';
import { normaliseAnyUsage } from './any-usage';

/** One answer of a batch's result file. */
export interface BatchAnswer {
  /** The client's name for the request; null when the line has none. */
  readonly id: string | null;
  /** A failed request used nothing, and so did a line that is not JSON. */
  readonly failed: boolean;
  readonly model: string | null;
  /** Null when the request failed or its answer does not say. Batches are billed at rates of their own: a pricing context with `batch: true`. */
  readonly usage: NormalisedUsage | null;
}

/**
 * Reads a line of a batch's result file:
 * - OpenAI, Mistral, Groq: `response.body` (https://platform.openai.com/docs/guides/batch);
 * - Anthropic: `result.message` (https://platform.claude.com/docs/en/build-with-claude/batch-processing);
 * - Gemini: `response` with `usageMetadata` (https://ai.google.dev/gemini-api/docs/batch-api);
 * - Bedrock: `modelOutput` (https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html).
 *
 * Null for a blank line.
 */
export function readBatchLine(line: string): BatchAnswer | null {
  if (line.trim() === '') return null;
  const entry = parse(line);
  const id = asText(entry?.['custom_id']) ?? asText(entry?.['key']) ?? asText(entry?.['recordId']);
  const answer = entry && batchAnswer(entry);
  if (!answer) return { id, failed: true, model: null, usage: null };
  const block = asRecord(answer['usage']) ?? asRecord(answer['usageMetadata']);
  return {
    id,
    failed: false,
    model: asText(answer['model']) ?? asText(answer['modelVersion']),
    usage: normaliseAnyUsage(block, line),
  };
}

/** Reads a whole result file, line by line, in order; each line is priced on its own, because thresholds are per request. */
export function* readBatchResults(lines: Iterable<string>): Generator<BatchAnswer> {
  for (const line of lines) {
    const answer = readBatchLine(line);
    if (answer) yield answer;
  }
}

/** The answer in a line of a result file, as the provider's API gives it; null when the request failed. */
export function batchAnswer(entry: JsonRecord): JsonRecord | null {
  const result = asRecord(entry['result']);
  if (result) return result['type'] === 'succeeded' ? asRecord(result['message']) : null;
  const output = asRecord(entry['modelOutput']);
  if (output) return output;
  const response = asRecord(entry['response']);
  if (!response || asRecord(entry['error'])) return null;
  const status = asCount(response['status_code']);
  if (status !== null && (status < 200 || status > 299)) return null;
  return asRecord(response['body']) ?? (status === null ? response : null);
}

function parse(line: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}
