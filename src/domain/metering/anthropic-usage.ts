import { asArray, asCount, asRecord, asText, type JsonRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';

/**
 * Reads the `usage` of a Messages response. `input_tokens` excludes the cache: the whole input is `input_tokens` +
 * `cache_creation_input_tokens` + `cache_read_input_tokens`
 * (https://platform.claude.com/docs/en/build-with-claude/prompt-caching). `output_tokens` includes thinking. Answers
 * null when the block counts nothing.
 */
export function normaliseAnthropicUsage(raw: unknown): NormalisedUsage | null {
  const block = asRecord(raw);
  if (!block || (asCount(block['input_tokens']) === null && asCount(block['output_tokens']) === null)) {
    return null;
  }
  const builder = new UsageBuilder();
  dealTokens(builder, block);
  for (const iteration of asArray(block['iterations'])) dealIteration(builder, asRecord(iteration));
  const serverTools = asRecord(block['server_tool_use']) ?? {};
  builder.add('webSearches', asCount(serverTools['web_search_requests']) ?? 0);
  return builder.build(raw);
}

/**
 * Joins the usage of a stream: `message_start` has the input and a placeholder of the output; each `message_delta`
 * has running totals, not additions (https://platform.claude.com/docs/en/build-with-claude/streaming), and repeats
 * only some of the members. Server tools raise the input after the start, so the later figure wins there too.
 */
export function mergeAnthropicUsage(earlier: unknown, later: unknown): JsonRecord {
  const merged: Record<string, unknown> = { ...asRecord(earlier) };
  for (const [name, value] of Object.entries(asRecord(later) ?? {})) {
    if (value !== null && value !== undefined) merged[name] = value;
  }
  return merged;
}

/** Top-level figures leave compaction and advisor runs out (SDK, `BetaUsage.iterations`), though they are billed. */
function dealIteration(builder: UsageBuilder, iteration: JsonRecord | null): void {
  const type = asText(iteration?.['type']);
  if (!iteration || (type !== 'compaction' && type !== 'advisor_message')) return;
  dealTokens(builder, iteration);
  const model = asText(iteration['model']);
  if (model !== null) {
    builder.note(`an ${type} of the model ${model} is counted in with the call's own tokens`);
  }
}

function dealTokens(builder: UsageBuilder, block: JsonRecord): void {
  builder.add('inputText', asCount(block['input_tokens']) ?? 0);
  builder.add('inputCacheRead', asCount(block['cache_read_input_tokens']) ?? 0);
  dealCacheWrites(builder, block);
  const thinking = asCount(asRecord(block['output_tokens_details'])?.['thinking_tokens']) ?? 0;
  const output = asCount(block['output_tokens']) ?? 0;
  builder.add('outputText', builder.take('outputReasoning', thinking, output, 'thinking_tokens'));
}

/**
 * The total of the writes is authoritative; the breakdown by lifetime says how many of them cost the one-hour rate.
 * Writes that it does not name are of the default lifetime, five minutes.
 */
function dealCacheWrites(builder: UsageBuilder, block: JsonRecord): void {
  const breakdown = asRecord(block['cache_creation']);
  const short = asCount(breakdown?.['ephemeral_5m_input_tokens']) ?? 0;
  const long = asCount(breakdown?.['ephemeral_1h_input_tokens']) ?? 0;
  const total = asCount(block['cache_creation_input_tokens']) ?? short + long;
  builder.add(
    'inputCacheWrite5m',
    builder.take('inputCacheWrite1h', long, total, 'ephemeral_1h_input_tokens'),
  );
  if (short + long > total) {
    builder.note(`cache_creation adds up to ${short + long}, more than the total ${total}`);
  }
}
