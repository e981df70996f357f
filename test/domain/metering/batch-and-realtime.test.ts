import { readBatchLine, readBatchResults } from '../../../src/domain/metering/batch-usage';
import { RealtimeTally } from '../../../src/domain/metering/realtime-usage';
import { formatMoney } from '../../../src/domain/money/decimal-text';
import { Decimal } from '../../../src/domain/money/rate';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { HALF, priceSheet } from '../../../src/domain/pricing/price';

const OPENAI = (id: string, prompt: number, completion: number) =>
  JSON.stringify({
    id: 'batch_req',
    custom_id: id,
    response: {
      status_code: 200,
      body: {
        model: 'gpt-4o-2024-08-06',
        usage: {
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: prompt + completion,
          prompt_tokens_details: { cached_tokens: 10 },
        },
      },
    },
    error: null,
  });

describe('the result file of a batch', () => {
  it.each<[string, string, object]>([
    [
      'OpenAI',
      OPENAI('a', 100, 5),
      { id: 'a', model: 'gpt-4o-2024-08-06', usage: { inputText: 90, inputCacheRead: 10, outputText: 5 } },
    ],
    [
      'Anthropic',
      JSON.stringify({
        custom_id: 'b',
        result: {
          type: 'succeeded',
          message: {
            model: 'claude',
            usage: { input_tokens: 3, cache_read_input_tokens: 7, output_tokens: 2 },
          },
        },
      }),
      { id: 'b', model: 'claude', usage: { inputText: 3, inputCacheRead: 7, outputText: 2 } },
    ],
    [
      'Gemini',
      JSON.stringify({
        key: 'c',
        response: {
          modelVersion: 'gemini-2.5-flash',
          usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 },
        },
      }),
      { id: 'c', model: 'gemini-2.5-flash', usage: { inputText: 9, outputText: 4 } },
    ],
    [
      'Bedrock',
      JSON.stringify({
        recordId: 'd',
        modelOutput: { usage: { inputTokens: 5, outputTokens: 6, totalTokens: 11 } },
      }),
      { id: 'd', model: null, usage: { inputText: 5, outputText: 6 } },
    ],
  ])('of %s is read line by line', (_, line, { usage, ...expected }: { usage?: object }) => {
    expect(readBatchLine(line)).toMatchObject({ ...expected, failed: false, usage: { usage } });
  });

  it.each([
    ['a refused request', JSON.stringify({ custom_id: 'x', response: { status_code: 400, body: {} } })],
    ['an error', JSON.stringify({ custom_id: 'x', response: null, error: { message: 'no' } })],
    ['an expired request', JSON.stringify({ custom_id: 'x', result: { type: 'expired' } })],
  ])('has no usage for %s', (_, line) => {
    expect(readBatchLine(line)).toEqual({ id: 'x', failed: true, model: null, usage: null });
  });

  it('passes over blank lines, and does not fail on what is no JSON', () => {
    expect([...readBatchResults(['', '  ', 'no', OPENAI('a', 20, 1)])].map(({ failed }) => failed)).toEqual([
      true,
      false,
    ]);
  });

  it('is priced line by line at batch rates, whose thresholds are per request', () => {
    const rate = (usd: string) => ({ usd: new Decimal(usd), per: 1 });
    const rates = {
      inputText: rate('0.000002'),
      inputCacheRead: rate('0.000001'),
      outputText: rate('0.000010'),
    };
    const above = { when: { inputTokensAbove: 150 }, rates: { inputText: rate('0.000004') } };
    const sheet = priceSheet(rates, { batchMultiplier: HALF, variants: [above] });
    const costs = [...readBatchResults([OPENAI('a', 110, 7), OPENAI('b', 110, 7)])].map(({ usage }) =>
      costOf(usage?.usage ?? {}, sheet, { atMs: 0, batch: true }),
    );
    // Each line: (100 × 2 + 10 × 1 + 7 × 10) / 2 USD a million. Together they would cross the threshold; they don't.
    expect(costs.map(({ total }) => formatMoney(total ?? 0n))).toEqual(['0.00014', '0.00014']);
  });
});

describe('the usage of a realtime session', () => {
  it('is the sum of its responses, and of what transcribing the user took', () => {
    const tally = new RealtimeTally();
    const done = (usage: object, more: object = {}) => ({
      type: 'response.done',
      response: { usage },
      ...more,
    });
    tally.accept({ type: 'session.created', session: {} });
    tally.accept(
      done({
        total_tokens: 40,
        input_tokens: 16,
        output_tokens: 24,
        input_token_details: { text_tokens: 10, audio_tokens: 6, cached_tokens: 4 },
        output_token_details: { text_tokens: 9, audio_tokens: 15 },
      }),
    );
    tally.accept({
      type: 'conversation.item.input_audio_transcription.completed',
      usage: { type: 'duration', seconds: 2.5 },
    });
    tally.accept({ type: 'response.created', response: { usage: null } });
    // xAI has the block beside the response.
    tally.accept(done({}, { usage: { input_tokens: 5, output_tokens: 1, total_tokens: 6 } }));
    expect(tally.read()).toMatchObject({
      usage: {
        inputText: 6 + 5,
        inputCacheRead: 4,
        inputAudio: 6,
        inputAudioMs: 2_500,
        outputText: 9 + 1,
        outputAudio: 15,
      },
      answers: 3,
      issues: [],
    });
    expect(tally.read().raw).toHaveLength(3);
  });
});
