import { inputTokens, outputTokens, totalTokens } from '../../../src/domain/usage/usage';
import { normaliseAnthropicUsage } from '../../../src/domain/metering/anthropic-usage';
import { normaliseBedrockUsage } from '../../../src/domain/metering/bedrock-usage';
import { normaliseGeminiUsage } from '../../../src/domain/metering/gemini-usage';
import { normaliseOpenAiUsage } from '../../../src/domain/metering/openai-usage';
import type { NormalisedUsage } from '../../../src/domain/metering/normalised-usage';
import { blocksNamed, describeRecorded, exchanges, type Json } from './recorded';

interface Case {
  readonly file: string;
  readonly block: Json;
}

const cases = exchanges().flatMap(({ file, responses }) =>
  blocksNamed(responses, ['usage', 'usageMetadata']).map(({ name, block }) => ({ file, name, block })),
);

function having(...names: readonly string[]): [string, Case][] {
  return cases
    .filter(({ block }) => names.every((name) => typeof block[name] === 'number'))
    .map((each, index) => [`${each.file} #${index}`, each]);
}

const openAi = [...having('prompt_tokens', 'total_tokens'), ...having('input_tokens', 'total_tokens')];
const anthropic = having('input_tokens', 'output_tokens').filter(
  ([, { block }]) => !('total_tokens' in block),
);
const bedrock = having('inputTokens', 'totalTokens');
const gemini = having('promptTokenCount', 'totalTokenCount');

const count = (block: Json, name: string): number => (block[name] as number | undefined) ?? 0;

function read(normalised: NormalisedUsage | null): NormalisedUsage {
  if (!normalised) throw new Error('the block was not read');
  return normalised;
}

describeRecorded('recorded usage blocks', () => {
  it('are found for every wire format', () => {
    expect(openAi.length).toBeGreaterThanOrEqual(35);
    expect(anthropic.length).toBeGreaterThanOrEqual(14);
    expect(bedrock.length).toBeGreaterThanOrEqual(6);
    expect(gemini.length).toBeGreaterThanOrEqual(25);
  });

  it.each(openAi)('add up to the OpenAI totals: %s', (file, { block }) => {
    const { usage, reconciles, issues } = read(normaliseOpenAiUsage(block));
    expect(inputTokens(usage)).toBe(
      'prompt_tokens' in block ? block['prompt_tokens'] : block['input_tokens'],
    );
    expect(totalTokens(usage)).toBe(block['total_tokens']);
    // One upstream reports eleven reasoning tokens inside ten completion tokens, and the row must say so.
    expect([reconciles, issues.length]).toEqual(
      file.includes('openrouter_stream_error') ? [false, 1] : [true, 0],
    );
  });

  it.each(anthropic)('exclude the cache from Anthropic input and add it: %s', (_, { block }) => {
    const { usage, reconciles } = read(normaliseAnthropicUsage(block));
    expect(usage.inputText ?? 0).toBe(block['input_tokens']);
    expect(inputTokens(usage)).toBe(
      count(block, 'input_tokens') +
        count(block, 'cache_read_input_tokens') +
        count(block, 'cache_creation_input_tokens'),
    );
    expect(outputTokens(usage)).toBe(block['output_tokens']);
    expect(reconciles).toBe(true);
  });

  it.each(bedrock)('add up to the Bedrock total: %s', (_, { block }) => {
    const { usage, reconciles } = read(normaliseBedrockUsage(block));
    expect([totalTokens(usage), reconciles]).toEqual([block['totalTokens'], true]);
  });

  it.each(gemini)(
    'add up to the Gemini totals, thoughts and tool prompts beside them: %s',
    (_, { block }) => {
      const { usage, reconciles } = read(normaliseGeminiUsage(block));
      expect(inputTokens(usage)).toBe(
        count(block, 'promptTokenCount') + count(block, 'toolUsePromptTokenCount'),
      );
      expect(outputTokens(usage)).toBe(
        count(block, 'candidatesTokenCount') +
          count(block, 'responseTokenCount') +
          count(block, 'thoughtsTokenCount'),
      );
      expect(reconciles).toBe(true);
    },
  );

  it.each([
    ['deepseek-tool-call', { inputText: 19, inputCacheRead: 320, outputText: 44, outputReasoning: 48 }],
    [
      'packages/xai/src/__fixtures__/xai-text',
      { inputText: 10, inputCacheRead: 2, outputText: 1, outputReasoning: 228 },
    ],
    ['moonshotai-reasoning', { inputText: 10, inputCacheRead: 10, outputText: 8, outputReasoning: 22 }],
    ['direct-binary-audio-mistral', { inputText: 32, inputCacheRead: 32, outputText: 6 }],
    ['openrouter_web_search_tool', { inputText: 8174, outputText: 30, webSearches: 1 }],
    ['test_openai_ws', { inputText: 16, outputText: 9, outputAudio: 15 }],
  ])('of %s are dealt into the right buckets', (name, expected) => {
    const found = openAi.filter(([file]) => file.includes(name)).map(([, { block }]) => block);
    expect(found).toHaveLength(1);
    expect(read(normaliseOpenAiUsage(found[0])).usage).toEqual(expected);
  });

  it('keep the cost that OpenRouter and xAI report', () => {
    const costs = openAi.flatMap(([, { block }]) => normaliseOpenAiUsage(block)?.reportedCostUsd ?? []);
    expect(costs).toEqual(
      expect.arrayContaining(['0.0133176', '0.000114', '0.000837', '0.00004', '0.00011765', '0.00016415']),
    );
  });

  it('of a cached video are read by modality', () => {
    const [, found] = gemini.find(([file]) => file.includes('youtube')) ?? [];
    expect(read(normaliseGeminiUsage(found?.block)).usage).toEqual({
      inputText: 1,
      inputCacheRead: 15 + 15_483,
      inputAudio: 1917 - 1881,
      inputAudioCacheRead: 1881,
      inputVideo: 15_780 - 15_483,
      outputText: 68,
      outputReasoning: count(found?.block ?? {}, 'thoughtsTokenCount'),
    });
  });
});
