import { asCount, asRecord, type JsonRecord } from './json';
import { UsageBuilder, type NormalisedUsage } from './normalised-usage';
import { reportedCost } from './reported-cost';

/**
 * Reads the `usage` of chat completions, completions, embeddings and Responses, and of the providers that copy them.
 * Answers null when the block counts nothing.
 *
 * The input total includes what was read from and written to the cache, audio and images
 * (https://platform.openai.com/docs/api-reference/chat/object, https://platform.openai.com/docs/guides/prompt-caching).
 * Reasoning lies inside the output total, except where the totals show that it lies beside it, as xAI's does.
 *
 * `text` is the JSON text that holds `usage`, for the digits of a cost that the provider reports.
 */
export function normaliseOpenAiUsage(raw: unknown, text?: string): NormalisedUsage | null {
  const block = asRecord(raw);
  if (!block) return null;
  const total = asCount(block['total_tokens']);
  const givenInput = first(block, ['prompt_tokens', 'input_tokens']);
  const givenOutput = first(block, ['completion_tokens', 'output_tokens']);
  if (givenInput === null && givenOutput === null && total === null) return null;
  const input = givenInput ?? Math.max(0, (total ?? 0) - (givenOutput ?? 0));
  const output = givenOutput ?? Math.max(0, (total ?? input) - input);

  const builder = new UsageBuilder();
  if (givenInput === null) {
    builder.note('the block has no input total; what is left of total_tokens counts as input');
  }
  dealInput(builder, block, input);
  const reasoningBeside = dealOutput(builder, block, input, output, total);
  builder.expectTotal(expectedTotal(block, total, reasoningBeside), 'total_tokens');
  countTools(builder, block);
  return builder.build(raw, reportedCost(raw, text));
}

function dealInput(builder: UsageBuilder, block: JsonRecord, input: number): void {
  const details = detailsOf(block, 'prompt_tokens_details', 'input_tokens_details', 'input_token_details');
  const cachedKinds = asRecord(details['cached_tokens_details']) ?? {};
  const cachedAudio = asCount(cachedKinds['audio_tokens']) ?? 0;
  const cachedImage = asCount(cachedKinds['image_tokens']) ?? 0;
  const cached = cachedTokens(block, details);

  let rest = input;
  rest = builder.take('inputAudioCacheRead', Math.min(cachedAudio, cached), rest, 'cached audio');
  rest = builder.take('inputImageCacheRead', Math.min(cachedImage, cached), rest, 'cached image tokens');
  rest = builder.take(
    'inputCacheRead',
    Math.max(0, cached - cachedAudio - cachedImage),
    rest,
    'cached_tokens',
  );
  rest = builder.take('inputCacheWrite5m', cacheWriteTokens(block, details), rest, 'cache_write_tokens');
  // Without a breakdown of the cached tokens nothing tells which kinds were read from the cache: all count as text.
  rest = builder.take('inputAudio', fresh(details['audio_tokens'], cachedAudio), rest, 'input audio_tokens');
  rest = builder.take('inputImage', fresh(details['image_tokens'], cachedImage), rest, 'input image_tokens');
  rest = builder.take('inputVideo', asCount(details['video_tokens']) ?? 0, rest, 'input video_tokens');
  builder.add('inputText', rest);
  const seconds = block['prompt_audio_seconds'];
  // Mistral bills audio by its length (https://docs.mistral.ai/capabilities/audio/).
  if (typeof seconds === 'number' && seconds > 0) builder.add('inputAudioMs', Math.round(seconds * 1000));
}

/** Deals the output out; answers the reasoning tokens that lie beside the output total rather than inside it. */
function dealOutput(
  builder: UsageBuilder,
  block: JsonRecord,
  input: number,
  output: number,
  total: number | null,
): number {
  const details = detailsOf(
    block,
    'completion_tokens_details',
    'output_tokens_details',
    'output_token_details',
  );
  const reasoning = asCount(details['reasoning_tokens']) ?? asCount(block['reasoning_tokens']) ?? 0;
  const beside = reasoning > 0 && reasoningIsBeside(block, input, output, total, reasoning);
  let rest = output;
  if (beside) builder.add('outputReasoning', reasoning);
  else rest = builder.take('outputReasoning', reasoning, rest, 'reasoning_tokens');
  rest = builder.take('outputAudio', asCount(details['audio_tokens']) ?? 0, rest, 'output audio_tokens');
  rest = builder.take('outputImage', asCount(details['image_tokens']) ?? 0, rest, 'output image_tokens');
  builder.add('outputText', rest);
  return beside ? reasoning : 0;
}

/** Providers do not say where they put reasoning; their totals do. Without a total only an excess can tell. */
function reasoningIsBeside(
  block: JsonRecord,
  input: number,
  output: number,
  total: number | null,
  reasoning: number,
): boolean {
  if (isPerplexityResearch(block)) return true;
  if (total === null) return reasoning > output;
  return total === input + output + reasoning;
}

/**
 * Perplexity's deep research bills reasoning and citations beside `total_tokens`
 * (https://docs.perplexity.ai/getting-started/pricing), so its total is what it counts plus the reasoning.
 */
function isPerplexityResearch(block: JsonRecord): boolean {
  return asCount(block['citation_tokens']) !== null && asCount(block['reasoning_tokens']) !== null;
}

function expectedTotal(block: JsonRecord, total: number | null, reasoningBeside: number): number | null {
  return total !== null && isPerplexityResearch(block) ? total + reasoningBeside : total;
}

/**
 * Tokens read from the cache, under whichever name the provider uses: OpenAI `cached_tokens` in the details, DeepSeek
 * `prompt_cache_hit_tokens` (https://api-docs.deepseek.com/guides/kv_cache), Moonshot `cached_tokens` and Mistral
 * `num_cached_tokens` beside the totals, gateways `cache_read_input_tokens`. Some send two of them for one count.
 */
function cachedTokens(block: JsonRecord, details: JsonRecord): number {
  return largest(
    details['cached_tokens'],
    block['prompt_cache_hit_tokens'],
    block['cached_tokens'],
    block['num_cached_tokens'],
    block['cache_read_input_tokens'],
  );
}

function cacheWriteTokens(block: JsonRecord, details: JsonRecord): number {
  return largest(
    details['cache_write_tokens'],
    details['cache_creation_tokens'],
    block['cache_write_tokens'],
    block['cache_creation_input_tokens'],
  );
}

function countTools(builder: UsageBuilder, block: JsonRecord): void {
  const serverTools = asRecord(block['server_tool_use']) ?? asRecord(block['server_tool_use_details']) ?? {};
  builder.add(
    'webSearches',
    largest(serverTools['web_search_requests'], block['num_search_queries'], block['num_sources_used']),
  );
  builder.add('citationTokens', asCount(block['citation_tokens']) ?? 0);
}

function detailsOf(block: JsonRecord, ...names: readonly string[]): JsonRecord {
  for (const name of names) {
    const details = asRecord(block[name]);
    if (details) return details;
  }
  return {};
}

function first(block: JsonRecord, names: readonly string[]): number | null {
  for (const name of names) {
    const count = asCount(block[name]);
    if (count !== null) return count;
  }
  return null;
}

function largest(...values: readonly unknown[]): number {
  return Math.max(0, ...values.map((value) => asCount(value) ?? 0));
}

function fresh(all: unknown, cached: number): number {
  return Math.max(0, (asCount(all) ?? 0) - cached);
}
