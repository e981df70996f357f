import { asArray, asCount, asRecord, asText } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';

/**
 * Reads `usage` of Bedrock's Converse. `inputTokens` excludes what was read from and written to the cache; the total
 * includes them (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html). Answers null
 * when the block counts nothing.
 */
export function normaliseBedrockUsage(raw: unknown): NormalisedUsage | null {
  const block = asRecord(raw);
  if (!block || (asCount(block['inputTokens']) === null && asCount(block['outputTokens']) === null)) {
    return null;
  }
  const builder = new UsageBuilder();
  builder.add('inputText', asCount(block['inputTokens']) ?? 0);
  builder.add('inputCacheRead', asCount(block['cacheReadInputTokens']) ?? 0);
  const writes = asCount(block['cacheWriteInputTokens']) ?? 0;
  let long = 0;
  for (const entry of asArray(block['cacheDetails'])) {
    const detail = asRecord(entry);
    if (asText(detail?.['ttl']) === '1h') long += asCount(detail?.['inputTokens']) ?? 0;
  }
  builder.add('inputCacheWrite5m', builder.take('inputCacheWrite1h', long, writes, 'cacheDetails of 1h'));
  builder.add('outputText', asCount(block['outputTokens']) ?? 0);
  builder.expectTotal(asCount(block['totalTokens']), 'totalTokens');
  return builder.build(raw);
}
