import { startApp, type TestApp } from '../support/app';
import { answerChat, json, startUpstream, type Behaviour, type FakeUpstream } from '../support/upstream';

const failing =
  (status: number, body: object = { error: { message: 'busy' } }): Behaviour =>
  (_call, response) =>
    json(response, status, body);

interface Row {
  readonly call_id: string;
  readonly status: string;
  readonly cost: string | null;
  readonly deployment_id: string;
  readonly model: string;
}

/** A model at several deployments, and what follows when one of them fails before the client got a byte. */
describe('several deployments of a model', () => {
  let app: TestApp;
  let one: FakeUpstream;
  let two: FakeUpstream;

  beforeAll(async () => {
    one = await startUpstream();
    two = await startUpstream();
    const gone = await startUpstream();
    await gone.close();
    const entry = (model: string, id: string, url: string, more = '', groups = ''): string => `
  - model_name: ${model}
    litellm_params:
      model: openai/upstream-gpt
      api_base: ${url}/v1
      api_key: upstream-secret
      input_cost_per_token: 1e-6
      output_cost_per_token: 2e-6${more}
    model_info: {id: ${id}, access_groups: [${groups}]}`;
    const first = '\n      order: 1';
    app = await startApp({
      yaml: `model_list:${[
        entry('pair', 'pair-1', one.url, first),
        entry('pair', 'pair-2', two.url),
        entry('half-gone', 'gone-1', gone.url, first),
        entry('half-gone', 'gone-2', two.url),
        entry('slow', 'slow-1', one.url, `${first}\n      timeout: 0.2`),
        entry('slow', 'slow-2', two.url),
        entry('narrow', 'narrow-1', one.url, first),
        entry('narrow', 'narrow-2', two.url),
        entry('lonely', 'lonely-1', one.url),
        entry('stand-in', 'stand-in-1', two.url),
        entry('short', 'short-1', one.url),
        entry('long', 'long-1', two.url),
        entry('new-a', 'new-a-1', one.url, '', 'Beta'),
        entry('new-b', 'new-b-1', one.url, '', 'Beta, other'),
      ].join('')}
router_settings:
  routing_strategy: simple-shuffle
  num_retries: 2
  retry_after: 0
  cooldown_time: 0
  fallbacks: [{lonely: [absent, stand-in]}]
  context_window_fallbacks: [{short: [long]}]`,
    });
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([one.close(), two.close()]);
  });
  beforeEach(() => {
    for (const upstream of [one, two]) {
      upstream.behave(answerChat());
      upstream.calls.length = 0;
    }
  });

  const keyed = async (settings: Record<string, unknown> = {}) => app.master.createKey(settings);

  function chat(
    secret: string,
    model: string,
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model, max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }], ...body }),
    });
  }

  async function rowsOf(keyId: string): Promise<Row[]> {
    await app.settled();
    const { rows } = await app.pool.query<Row>(
      `SELECT call_id, status, trim_scale(cost)::text AS cost, deployment_id, model
         FROM spend_logs WHERE key_id = $1 ORDER BY seq`,
      [keyId],
    );
    return rows;
  }

  it.each([408, 429, 500, 503])(
    'are tried in turn when one answers %s, each booked for itself',
    async (status) => {
      one.behave(failing(status));
      const { key, secret } = await keyed();
      const response = await chat(secret, 'pair');
      expect(response.status).toBe(200);
      expect(response.headers.get('x-litellm-model-id')).toBe('pair-2');
      expect(response.headers.get('x-litellm-attempted-retries')).toBe('1');
      const rows = await rowsOf(key.id);
      expect(rows.map((row) => [row.status, row.cost, row.deployment_id])).toEqual([
        ['FAILURE', '0', 'pair-1'],
        ['SUCCESS', '0.00002', 'pair-2'],
      ]);
      expect(response.headers.get('x-litellm-call-id')).toBe(rows[1]?.call_id);
      expect(await app.ledgerFaults()).toEqual([]);
    },
  );

  it('answer with the last failure when all of them fail, each asked before one is asked again', async () => {
    one.behave(failing(500));
    two.behave(failing(503));
    const { secret } = await keyed();
    const response = await chat(secret, 'pair');
    expect([response.status, response.headers.get('x-litellm-attempted-retries')]).toEqual([500, '2']);
    expect([one.calls.length, two.calls.length]).toEqual([2, 1]);
  });

  it('are not tried when the request itself is wrong', async () => {
    one.behave(failing(400));
    const { secret } = await keyed();
    expect((await chat(secret, 'pair')).status).toBe(400);
    expect(two.calls).toHaveLength(0);
  });

  it('take over a stream of which nothing was sent, and the client sees one whole stream', async () => {
    one.behave(failing(429));
    const { key, secret } = await keyed();
    const response = await chat(secret, 'pair', { stream: true });
    const text = await response.text();
    expect(text).toContain('Hello');
    expect(text.match(/\[DONE\]/g)).toHaveLength(1);
    expect((await rowsOf(key.id)).map(({ cost }) => cost)).toEqual(['0', '0.00002']);
  });

  it('keep the Idempotency-Key of a request whose first deployment could not be reached', async () => {
    const { key, secret } = await keyed();
    const send = () => chat(secret, 'half-gone', {}, { 'idempotency-key': 'once' });
    const first = await send();
    expect(first.status).toBe(200);
    const again = await send();
    expect(again.status).toBe(409);
    expect(again.headers.get('x-litellm-call-id')).toBe(first.headers.get('x-litellm-call-id'));
    expect(two.calls).toHaveLength(1);
    expect((await rowsOf(key.id)).filter(({ cost }) => cost !== '0' && cost !== null)).toHaveLength(1);
  });

  it('keep the Idempotency-Key of a request that the first deployment failed', async () => {
    one.behave(failing(500));
    const { secret } = await keyed();
    const send = () => chat(secret, 'pair', {}, { 'idempotency-key': 'once' });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(409);
    expect(two.calls).toHaveLength(1);
  });

  it('are tried when one does not answer within its own timeout', async () => {
    one.behave(() => undefined);
    const { secret } = await keyed();
    const response = await chat(secret, 'slow');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-litellm-model-id')).toBe('slow-2');
  });

  it('need the room of one call alone: a failed attempt holds nothing any more', async () => {
    one.behave(failing(500));
    const { key, secret } = await keyed();
    await limit({ scope: 'KEY', scopeId: key.id, unit: 'CONCURRENT', amount: '1' });
    expect((await chat(secret, 'pair')).status).toBe(200);
  });

  it('leave the first failure standing when a limit has no room for another attempt', async () => {
    one.behave(failing(500));
    const { key, secret } = await keyed();
    await limit({ scope: 'KEY', scopeId: key.id, unit: 'REQUESTS', amount: '1', window: { period: 'HOUR' } });
    expect((await chat(secret, 'pair')).status).toBe(500);
    expect(two.calls).toHaveLength(0);
  });

  it('are asked where the limit of a deployment has no room', async () => {
    const { secret } = await keyed();
    const window = { period: 'DAY' };
    await limit({ scope: 'DEPLOYMENT', scopeId: 'narrow-1', unit: 'REQUESTS', amount: '1', window });
    const served = async () => (await chat(secret, 'narrow')).headers.get('x-litellm-model-id');
    expect([await served(), await served()]).toEqual(['narrow-1', 'narrow-2']);
    await limit({ scope: 'DEPLOYMENT', scopeId: 'narrow-2', unit: 'REQUESTS', amount: '1', window });
    expect((await chat(secret, 'narrow')).status).toBe(429);
  });

  it('of several models are one access group to keys and to limits', async () => {
    const { key, secret } = await keyed({ models: ['Beta'] });
    const listed = await fetch(`${app.url}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
    const { data } = (await listed.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(['new-a', 'new-b']);
    expect((await chat(secret, 'pair')).status).toBe(403);
    const window = { period: 'DAY' };
    // What was booked before the limit was made counts, by its group, and each of the three calls once.
    expect((await chat(secret, 'new-a')).status).toBe(200);
    await app.settled();
    await limit({ scope: 'MODEL_GROUP', scopeId: 'Beta', unit: 'REQUESTS', amount: '2', window });
    const statuses = [];
    for (const model of ['new-b', 'new-a', 'new-b']) statuses.push((await chat(secret, model)).status);
    expect(statuses).toEqual([200, 429, 429]);
    expect(await rowsOf(key.id)).toHaveLength(2);
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('give way to the models that the configuration names, and those that exist are asked', async () => {
    one.behave(failing(500));
    const { key, secret } = await keyed();
    const response = await chat(secret, 'lonely');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-spendgraph-fallback-from')).toBe('lonely');
    expect(Number(response.headers.get('x-litellm-attempted-fallbacks'))).toBeGreaterThan(0);
    expect((await rowsOf(key.id)).map((row) => row.deployment_id)).toEqual([
      ...Array.from({ length: 3 }, () => 'lonely-1'),
      'stand-in-1',
    ]);
  });

  it('do not open a model that the key may not use', async () => {
    one.behave(failing(500));
    const { secret } = await keyed({ models: ['lonely'] });
    expect((await chat(secret, 'lonely')).status).toBe(500);
    expect(two.calls).toHaveLength(0);
  });

  it('give way to a model with more room when the request is too long', async () => {
    one.behave(failing(400, { error: { code: 'context_length_exceeded', message: 'too long' } }));
    const { secret } = await keyed();
    const response = await chat(secret, 'short');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-litellm-model-id')).toBe('long-1');
  });

  async function limit(input: Record<string, unknown>): Promise<void> {
    await app.master.do('setLimit', 'SetLimitInput', input, 'limit { id }');
  }
});
