import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

const USAGE = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };
const MODELS = [
  'openai/gpt-4o-search-preview',
  'openrouter/openai/gpt-4o',
  'perplexity/sonar',
  'xai/grok-3-mini',
  'openai/gpt-4o',
  'openai/dall-e-3',
  'openai/tts-1-hd',
];

/** Fees and costs that no token stands for. */
describe('what is paid beside tokens', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let secret: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    const own: Readonly<Record<string, string>> = {
      'openrouter/priced': ', input_cost_per_token: 1e-6, output_cost_per_token: 1e-6',
      'openai/seventeen': ', input_cost_per_token: 0.12345678901234567, output_cost_per_token: 1e-6',
    };
    const models = [...MODELS, ...Object.keys(own)].map(
      (model) => `
  - model_name: ${model}
    litellm_params: {model: ${model}, api_base: "${upstream.url}/v1", api_key: k${own[model] ?? ''}}`,
    );
    app = await startApp({ yaml: `model_list:${models.join('')}\n` });
    secret = (await app.master.createKey()).secret;
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });

  async function call(path: string, body: object, answer: object): Promise<(string | null)[]> {
    upstream.behave((_call, response) => json(response, 200, answer));
    const response = await fetch(`${app.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    return ['x-litellm-response-cost', 'x-spendgraph-pricing-status'].map((name) =>
      response.headers.get(name),
    );
  }
  const chat = (model: string, more: object, usage: object) => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hello' } }];
    const body = { model, max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }], ...more };
    return call('/v1/chat/completions', body, { id: 'c', model: model.split('/').pop(), choices, usage });
  };

  it('is the fee for the search before each answer of a search model', async () => {
    // 1,000 × 2.50 USD and 100 × 10 USD a million tokens, and 25 USD a thousand searches.
    expect(await chat('openai/gpt-4o-search-preview', {}, USAGE)).toEqual(['0.0285', 'PRICED']);
    expect(await chat('openai/gpt-4o-search-preview', { n: 2 }, USAGE)).toEqual(['0.0535', 'PRICED']);
    expect(await chat('openai/gpt-4o', {}, USAGE)).toEqual(['0.0035', 'PRICED']);
  });

  it('is what OpenRouter, Perplexity and xAI say, where nobody set a price', async () => {
    const openRouter = { ...USAGE, cost: 0.0123456789012 };
    expect(await chat('openrouter/openai/gpt-4o', {}, openRouter)).toEqual(['0.012345678901', 'PRICED']);
    expect(await chat('openrouter/priced', {}, openRouter)).toEqual(['0.0011', 'PRICED']);
    const byok = { ...USAGE, cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } };
    expect(await chat('openrouter/openai/gpt-4o', {}, byok)).toEqual(['0.021', 'PRICED']);
    const perplexity = { ...USAGE, cost: { request_cost: 0.005, total_cost: 0.0061 } };
    expect(await chat('perplexity/sonar', {}, perplexity)).toEqual(['0.0061', 'PRICED']);
    expect(await chat('xai/grok-3-mini', {}, { ...USAGE, cost_in_usd_ticks: 1_176_500 })).toEqual([
      '0.00011765',
      'PRICED',
    ]);
  });

  it('is exact to the last of seventeen digits of a price in the configuration', async () => {
    const usage = { prompt_tokens: 99_999, completion_tokens: 3, total_tokens: 100_002 };
    // 0.12345678901234567 × 99,999 + 0.000003, rounded once; in floats its last digits would be others.
    expect(await chat('openai/seventeen', {}, usage)).toEqual(['12345.555447445555', 'PRICED']);
  });

  it('is not what a server of another kind says, in whatever currency', async () => {
    expect(await chat('openai/gpt-4o', {}, { ...USAGE, cost: 0 })).toEqual(['0.0035', 'PRICED']);
  });

  it('is the list price of images by size and quality, and of speech by the character', async () => {
    const image = { model: 'openai/dall-e-3', prompt: 'A cat' };
    const answer = { data: [{ url: 'http://127.0.0.1/a.png' }] };
    const costs: unknown[] = [];
    for (const terms of [{}, { size: '1792x1024' }, { quality: 'hd' }, { quality: 'hd', size: '1024x1792' }])
      costs.push((await call('/v1/images/generations', { ...image, ...terms }, answer))[0]);
    expect(costs).toEqual(['0.04', '0.08', '0.08', '0.12']);
    const speech = { model: 'openai/tts-1-hd', input: 'x'.repeat(1_000), voice: 'v' };
    expect((await call('/v1/audio/speech', speech, {}))[0]).toBe('0.03');
  });
});
