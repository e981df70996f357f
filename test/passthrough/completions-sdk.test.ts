import OpenAI, { RateLimitError } from 'openai';
import { requestBound, type RequestBound } from '../../src/domain/metering/request-bound';
import { startApp, type TestApp } from '../support/app';
import { countingFetch } from '../support/counting-fetch';

describe('requestBound of a completion', () => {
  const bound = (body: object): RequestBound =>
    requestBound('openai-completions', body, JSON.stringify(body).length, 'openai', 'davinci-002');

  it.each([
    [{ prompt: 'a', max_tokens: 10 }, 10],
    [{ prompt: 'a' }, 16],
    [{ prompt: 'a', max_tokens: 0, echo: true }, 0],
    [{ prompt: ['a', 'b'], max_tokens: 10 }, 20],
    [{ prompt: [1, 2, 3], max_tokens: 10 }, 10],
    [{ prompt: [[1, 2], [3]], max_tokens: 10, n: 2 }, 40],
    [{ prompt: 'a', max_tokens: 10, n: 2, best_of: 5 }, 50],
  ])('of %j has %d output tokens', (body, outputTokens) => {
    expect(bound(body).outputTokens).toBe(outputTokens);
  });

  it('is not below the number of token ids', () => {
    const ids = Array.from({ length: 1_000 }, () => 1);
    expect(bound({ prompt: ids }).inputTokens).toBeGreaterThanOrEqual(1_000);
  });
});

/** The official client, unchanged but for base URL and key, against the demo model. */
describe('completions of the openai SDK', () => {
  let app: TestApp;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    app = await startApp();
    const made = await app.master.createKey({ models: ['demo'] });
    secret = made.secret;
    keyId = made.key.id;
  });

  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
  });

  function client(fetchWith = fetch): OpenAI {
    return new OpenAI({ baseURL: `${app.url}/v1`, apiKey: secret, fetch: fetchWith });
  }

  async function bookedCost(callId: string | null): Promise<string | undefined> {
    await app.settled();
    const { rows } = await app.pool.query<{ cost: string }>(
      `SELECT trim_scale(cost)::text AS cost FROM spend_logs WHERE call_id = $1 AND endpoint = '/v1/completions'`,
      [callId],
    );
    return rows[0]?.cost;
  }

  it('are answered for each prompt, and booked at what they used', async () => {
    const { data, response } = await client()
      .completions.create({ model: 'demo', prompt: ['One', 'Two'], n: 2, max_tokens: 5 })
      .withResponse();
    expect(data.choices.map((choice) => choice.text)).toHaveLength(4);
    expect(data.usage).toMatchObject({ completion_tokens: 20 });
    const cost = (data.usage?.prompt_tokens ?? 0) * 1e-6 + 20 * 2e-6;
    expect(Number(response.headers.get('x-litellm-response-cost'))).toBeCloseTo(cost, 12);
    expect(Number(await bookedCost(response.headers.get('x-litellm-call-id')))).toBeCloseTo(cost, 12);
  });

  it('have sixteen tokens when they name no bound, as the API says', async () => {
    const { choices, usage } = await client().completions.create({ model: 'demo', prompt: 'Hello' });
    expect([choices[0]?.finish_reason, usage?.completion_tokens]).toEqual(['length', 16]);
  });

  it('echo their prompt', async () => {
    const { choices } = await client().completions.create({
      model: 'demo',
      prompt: 'Hello ',
      echo: true,
      max_tokens: 0,
    });
    expect(choices[0]?.text).toBe('Hello ');
  });

  it.each([true, false])('stream, with the usage when it is asked for (%j)', async (include_usage) => {
    const { data: stream, response } = await client()
      .completions.create({
        model: 'demo',
        prompt: 'Hello',
        max_tokens: 5,
        stream: true,
        stream_options: { include_usage },
      })
      .withResponse();
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]?.text ?? '';
      if (chunk.usage) usages.push(chunk.usage.completion_tokens);
    }
    expect(text).toBe('This is the demo model:');
    expect(usages).toEqual(include_usage ? [5] : []);
    expect(Number(await bookedCost(response.headers.get('x-litellm-call-id')))).toBeGreaterThan(0.00001);
  });

  it.each([
    [{ model: 'demo', prompt: 5 }, 'prompt'],
    [{ model: 'demo', prompt: 'a', best_of: 21 }, 'best_of'],
    [{ prompt: 'a' }, 'model'],
  ])('are refused as %j, with the member at fault', async (body, param) => {
    await expect(client().completions.create(body as never)).rejects.toMatchObject({ status: 400, param });
  });

  it('get a budget refusal after exactly one request', async () => {
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.000001', duration: 'monthly' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
    const counting = countingFetch();
    const failure = await client(counting.fetch)
      .completions.create({ model: 'demo', prompt: 'Hello' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ status: 429, type: 'budget_exceeded' });
    expect(counting.count()).toBe(1);
  });
});
