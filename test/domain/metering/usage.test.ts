import * as fc from 'fast-check';
import { inputTokens, outputTokens, totalTokens } from '../../../src/domain/usage/usage';
import { mergeAnthropicUsage, normaliseAnthropicUsage } from '../../../src/domain/metering/anthropic-usage';
import { normaliseOpenAiUsage } from '../../../src/domain/metering/openai-usage';

const tokens = fc.nat({ max: 1_000_000 });

describe('normaliseOpenAiUsage', () => {
  it('never counts a token twice, whatever the details claim', () => {
    const details = fc.record({ cached_tokens: tokens, cache_write_tokens: tokens, audio_tokens: tokens });
    const outDetails = fc.record({ reasoning_tokens: tokens, audio_tokens: tokens, image_tokens: tokens });
    fc.assert(
      fc.property(tokens, tokens, details, outDetails, (input, output, inputDetails, outputDetails) => {
        const read = normaliseOpenAiUsage({
          prompt_tokens: input,
          completion_tokens: output,
          total_tokens: input + output,
          prompt_tokens_details: inputDetails,
          completion_tokens_details: outputDetails,
        });
        expect(inputTokens(read?.usage ?? {})).toBe(input);
        expect(outputTokens(read?.usage ?? {})).toBe(output);
      }),
    );
  });

  it('takes cached audio out of both the cached and the audio tokens', () => {
    const read = normaliseOpenAiUsage({
      prompt_tokens: 100,
      completion_tokens: 10,
      total_tokens: 110,
      prompt_tokens_details: {
        cached_tokens: 60,
        audio_tokens: 50,
        cached_tokens_details: { text_tokens: 40, audio_tokens: 20 },
      },
    });
    expect(read).toMatchObject({
      usage: { inputText: 10, inputCacheRead: 40, inputAudio: 30, inputAudioCacheRead: 20, outputText: 10 },
      reconciles: true,
    });
  });

  it('reads embeddings, whose usage has input alone', () => {
    expect(normaliseOpenAiUsage({ prompt_tokens: 8, total_tokens: 8 })).toMatchObject({
      usage: { inputText: 8 },
      reconciles: true,
    });
  });

  it('counts cache writes apart from the text that they are part of', () => {
    const usage = {
      input_tokens: 50,
      output_tokens: 1,
      total_tokens: 51,
      input_tokens_details: { cache_write_tokens: 40 },
    };
    expect(normaliseOpenAiUsage(usage)?.usage).toEqual({
      inputText: 10,
      inputCacheWrite5m: 40,
      outputText: 1,
    });
  });

  it('counts the reasoning, citations and searches that Perplexity bills beside its totals', () => {
    // Far more reasoning than completion tokens, in a total of prompt and completion alone.
    const read = normaliseOpenAiUsage({
      prompt_tokens: 33,
      completion_tokens: 7163,
      total_tokens: 7196,
      citation_tokens: 19_028,
      num_search_queries: 21,
      reasoning_tokens: 73_994,
      cost: { input_tokens_cost: 0.1, total_cost: 0.84 },
    });
    expect(read).toMatchObject({
      usage: {
        inputText: 33,
        outputText: 7163,
        outputReasoning: 73_994,
        citationTokens: 19_028,
        webSearches: 21,
      },
      reconciles: true,
      reportedCostUsd: '0.84',
    });
  });

  it('says so when the totals contradict each other', () => {
    const read = normaliseOpenAiUsage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 99 });
    expect(read?.reconciles).toBe(false);
    expect(read?.issues).toEqual(['the buckets add up to 15, total_tokens says 99']);
  });

  it('takes the digits of a reported cost as they were sent', () => {
    const text =
      '{"id":1,"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"cost":0.12345678901234567890123}}';
    const { usage } = JSON.parse(text) as { usage: unknown };
    expect(normaliseOpenAiUsage(usage, text)?.reportedCostUsd).toBe('0.12345678901234567890123');
  });

  it('adds what the provider bills beside OpenRouter when the key is its own', () => {
    const usage = {
      prompt_tokens: 1,
      completion_tokens: 1,
      total_tokens: 2,
      cost: 0.0001,
      is_byok: true,
      cost_details: { upstream_inference_cost: 0.002 },
    };
    expect(normaliseOpenAiUsage(usage)?.reportedCostUsd).toBe('0.0021');
  });

  it.each([null, undefined, {}, [], 'text', { prompt_tokens: -1 }, { prompt_tokens: '5' }])(
    'reads nothing from %j',
    (raw) => {
      expect(normaliseOpenAiUsage(raw)).toBeNull();
    },
  );
});

describe('normaliseAnthropicUsage', () => {
  it('splits cache writes by lifetime and takes thinking out of the output', () => {
    const read = normaliseAnthropicUsage({
      input_tokens: 10,
      output_tokens: 100,
      cache_read_input_tokens: 5,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      output_tokens_details: { thinking_tokens: 60 },
      server_tool_use: { web_search_requests: 2 },
    });
    expect(read).toMatchObject({
      usage: {
        inputText: 10,
        inputCacheRead: 5,
        inputCacheWrite5m: 10,
        inputCacheWrite1h: 20,
        outputText: 40,
        outputReasoning: 60,
        webSearches: 2,
      },
      reconciles: true,
    });
  });

  it('bills writes without a breakdown at the default lifetime', () => {
    expect(
      normaliseAnthropicUsage({ input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 7 })?.usage,
    ).toEqual({
      inputText: 1,
      inputCacheWrite5m: 7,
      outputText: 1,
    });
  });

  it('adds compaction runs, which the top level leaves out, and no other iterations', () => {
    const read = normaliseAnthropicUsage({
      input_tokens: 10,
      output_tokens: 20,
      iterations: [
        { type: 'message', input_tokens: 10, output_tokens: 20 },
        { type: 'compaction', input_tokens: 1000, output_tokens: 50 },
      ],
    });
    expect([read?.usage, read?.reconciles]).toEqual([{ inputText: 1010, outputText: 70 }, true]);
  });

  it('marks an advisor of another model, whose tokens have another price', () => {
    const advisor = { type: 'advisor_message', model: 'other', input_tokens: 5, output_tokens: 5 };
    const read = normaliseAnthropicUsage({ input_tokens: 1, output_tokens: 1, iterations: [advisor] });
    expect([totalTokens(read?.usage ?? {}), read?.reconciles]).toEqual([12, false]);
  });
});

describe('mergeAnthropicUsage', () => {
  it('lets running totals replace the start, and nulls change nothing', () => {
    const start = { input_tokens: 9, output_tokens: 1, cache_creation: { ephemeral_1h_input_tokens: 4 } };
    const middle = mergeAnthropicUsage(start, { output_tokens: 50, input_tokens: null });
    expect(mergeAnthropicUsage(middle, { output_tokens: 80, input_tokens: 12 })).toEqual({
      input_tokens: 12,
      output_tokens: 80,
      cache_creation: { ephemeral_1h_input_tokens: 4 },
    });
  });
});
