import { startApp, type TestApp, MASTER_KEY } from '../support/app';
import { modelYaml } from '../support/metered-app';
import { answerChat, startUpstream, type FakeUpstream } from '../support/upstream';

describe('a metered call', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let key: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({ yaml: modelYaml(`${upstream.url}/v1`) });
    key = await makeKey({ models: ['my-gpt', 'demo'] });
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  beforeEach(() => {
    upstream.behave(answerChat());
    upstream.calls.length = 0;
  });

  async function makeKey(input: Record<string, unknown>): Promise<string> {
    const made = await app.master.createKey(input);
    return made.secret;
  }

  function chat(
    secret: string,
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'my-gpt', messages: [{ role: 'user', content: 'Hi' }], ...body }),
    });
  }

  it('answers with the cost, and books the same cost', async () => {
    const response = await chat(key, {
      max_tokens: 100,
      tags: ['a'],
      user: 'customer-1',
      seed: 2 ** 60,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-litellm-response-cost')).toBe('0.00002');
    const callId = response.headers.get('x-litellm-call-id');
    await app.settled();
    const { rows } = await app.pool.query(`SELECT * FROM spend_logs WHERE call_id = $1`, [callId]);
    expect(rows).toMatchObject([
      {
        cost: '0.000020000000',
        status: 'SUCCESS',
        usage_source: 'PROVIDER',
        model: 'my-gpt',
        served_model: 'upstream-gpt',
        input_tokens: '10',
        output_tokens: '5',
        customer_id: 'customer-1',
        tags: ['a'],
        pricing_status: 'PRICED',
      },
    ]);
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it("sends the client's own bytes with the provider's credential and model name", async () => {
    await chat(key, { max_tokens: 7 }, { cookie: 'secret=1', 'x-forwarded-for': '1.2.3.4' });
    const [call] = upstream.calls;
    expect(call?.path).toBe('/v1/chat/completions');
    expect(call?.headers.authorization).toBe('Bearer upstream-secret');
    expect(call?.headers.cookie).toBeUndefined();
    expect(call?.headers['x-forwarded-for']).toBeUndefined();
    expect(call?.body).toEqual({
      model: 'upstream-gpt',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 7,
    });
  });

  it('relays a stream unchanged but for the usage it asked for itself, and tells the cost before the end', async () => {
    const response = await chat(key, { stream: true, max_tokens: 100 });
    const text = await response.text();
    expect(upstream.calls[0]?.body['stream_options']).toEqual({ include_usage: true });
    expect(text).not.toContain('"choices":[]');
    expect(text).toContain('Hello');
    expect(text).toMatch(/: x-litellm-response-cost 0\.00002\n\ndata: \[DONE\]\n\n$/);
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('refuses an unknown key, an unknown model and a model that the key may not use', async () => {
    expect((await chat('sk-nobody-knows-this-key-000000')).status).toBe(401);
    expect((await chat(key, { model: 'nobody-serves-this' })).status).toBe(403);
    const open = await makeKey({});
    expect((await chat(open, { model: 'nobody-serves-this' })).status).toBe(404);
    const narrow = await makeKey({ models: ['demo'] });
    expect((await chat(narrow)).status).toBe(403);
    expect(upstream.calls).toHaveLength(0);
  });

  it('lets the master key call the demo model and nothing that costs', async () => {
    expect((await chat(MASTER_KEY)).status).toBe(403);
    const demo = await chat(MASTER_KEY, { model: 'demo' });
    expect(demo.status).toBe(200);
    expect(demo.headers.get('x-litellm-response-cost')).toMatch(/^0\.0000\d+$/);
  });

  it('tells how often it tried, how long it took and its version, but where a model is served to the master key alone', async () => {
    const { headers } = await chat(key);
    const told = [
      'attempted-retries',
      'attempted-fallbacks',
      'max-retries',
      'max-fallbacks',
      'model-api-base',
    ];
    expect(told.map((name) => headers.get(`x-litellm-${name}`))).toEqual(['0', '0', '2', '5', null]);
    const [took = '', own = ''] = ['response', 'overhead'].map(
      (of) => headers.get(`x-litellm-${of}-duration-ms`) ?? '',
    );
    expect(`${took} ${own}`).toMatch(/^\d+ \d+$/);
    expect(Number(own)).toBeLessThanOrEqual(Number(took));
    expect(headers.get('x-litellm-response-cost-original')).toBe(headers.get('x-litellm-response-cost'));
    const demo = await chat(MASTER_KEY, { model: 'demo' });
    expect(demo.headers.get('x-litellm-model-api-base')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const listed = await fetch(`${app.url}/key/list`, { headers: { authorization: `Bearer ${MASTER_KEY}` } });
    expect(listed.headers.get('x-litellm-version')).toMatch(/^\d+\.\d+\.\d+$/);
    expect(headers.get('x-litellm-version')).toBe(listed.headers.get('x-litellm-version'));
  });

  it('stops a key at its budget, names the limit, and tells SDKs not to try again', async () => {
    const made = await app.master.do<{ key: { id: string }; secret: string }>(
      'createKey',
      'CreateKeyInput',
      {},
      'secret key { id }',
    );
    await app.master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: made.key.id, unit: 'USD', amount: '0.002', duration: 'monthly' },
      'limit { id }',
    );
    const first = await chat(made.secret, { max_tokens: 10 });
    expect(first.status).toBe(200);
    upstream.behave(answerChat({ prompt_tokens: 1900, completion_tokens: 45, total_tokens: 1945 }));
    await app.settled();
    expect((await chat(made.secret, { max_tokens: 20 })).status).toBe(200);
    await app.settled();
    const refused = await chat(made.secret, { max_tokens: 20 });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(await refused.json()).toMatchObject({
      error: {
        type: 'budget_exceeded',
        code: 'budget_exceeded',
        details: { scope: 'KEY', limit: '0.002', spent: '0.00201' },
      },
    });
  });
});
