import OpenAI from 'openai';
import { startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

/** Looking at what was billed before: passed on for those who may call the model, and never billed again. */
describe('a stored response', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let other: FakeUpstream;
  const stored = {
    id: 'resp_1',
    object: 'response',
    model: 'upstream-gpt',
    status: 'completed',
    output: [],
    usage: { input_tokens: 1_000, output_tokens: 1_000, total_tokens: 2_000 },
  };

  beforeAll(async () => {
    upstream = await startUpstream((_call, response) => json(response, 200, stored));
    other = await startUpstream((_call, response) => json(response, 200, { ...stored, id: 'resp_other' }));
    const model = (name: string, url: string): string => `
  - model_name: ${name}
    litellm_params:
      model: openai/upstream-gpt
      api_base: ${url}/v1
      api_key: secret-of-${name}`;
    app = await startApp({
      yaml: `model_list:${model('one', upstream.url)}${model('same', upstream.url).replace('secret-of-same', 'secret-of-one')}${model('other', other.url)}`,
    });
  });

  afterAll(async () => {
    const { rows } = await app.pool.query<{ rows: number }>('SELECT count(*)::int AS rows FROM spend_logs');
    expect(rows).toEqual([{ rows: 0 }]);
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
    await other.close();
  });

  async function client(models: string[]): Promise<OpenAI> {
    const made = await app.master.createKey({ models });
    return new OpenAI({ baseURL: `${app.url}/v1`, apiKey: made.secret, maxRetries: 0 });
  }

  it('is retrieved, listed, cancelled and deleted at the one account that the key may use', async () => {
    const openai = await client(['one', 'same']);
    const from = upstream.calls.length;
    expect(await openai.responses.retrieve('resp_1')).toMatchObject({ id: 'resp_1' });
    await openai.responses.inputItems.list('resp_1', { limit: 5 });
    await openai.responses.cancel('resp_1');
    await openai.responses.delete('resp_1');
    const calls = upstream.calls.slice(from);
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/responses/resp_1',
      'GET /v1/responses/resp_1/input_items?limit=5',
      'POST /v1/responses/resp_1/cancel',
      'DELETE /v1/responses/resp_1',
    ]);
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 4 }, () => 'Bearer secret-of-one'),
    );
  });

  it('is found by the model that the caller names, in the address or a header', async () => {
    const openai = await client([]);
    await expect(openai.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 400, param: 'model' });
    const query = { query: { model: 'other', 'include[]': 'x' } };
    expect(await openai.responses.retrieve('resp_1', {}, query)).toMatchObject({ id: 'resp_other' });
    expect(other.calls.at(-1)?.path).toBe('/v1/responses/resp_1?include%5B%5D=x');
    const headers = { 'x-spendgraph-model': 'other' };
    expect(await openai.responses.retrieve('resp_1', {}, { headers })).toMatchObject({ id: 'resp_other' });
  });

  it('stays out of reach of keys that may not use its model, and of strangers', async () => {
    const openai = await client(['one']);
    const sent = other.calls.length;
    await expect(
      openai.responses.retrieve('resp_1', {}, { query: { model: 'other' } }),
    ).rejects.toMatchObject({ status: 403, type: 'key_model_access_denied' });
    const demo = await client(['demo']);
    await expect(demo.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 400, param: 'model' });
    expect((await fetch(`${app.url}/v1/responses/resp_1`)).status).toBe(401);
    expect(other.calls).toHaveLength(sent);
  });

  it.each(['..%2F..%2Fmodels', 'a%3Fb', 'x'.repeat(300)])('is not asked for by the id %s', async (id) => {
    const openai = await client(['one']);
    const sent = upstream.calls.length;
    const response = await fetch(`${app.url}/v1/responses/${id}`, {
      headers: { authorization: `Bearer ${String(openai.apiKey)}` },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(upstream.calls).toHaveLength(sent);
  });

  it('passes on what the provider says, except of its own credential', async () => {
    const openai = await client(['one']);
    upstream.behave((_call, response) => json(response, 404, { error: { message: 'Not found', code: 'x' } }));
    await expect(openai.responses.retrieve('resp_2')).rejects.toMatchObject({ status: 404, code: 'x' });
    upstream.behave((_call, response) => json(response, 401, { error: { message: 'Wrong key sk-upst…' } }));
    await expect(openai.responses.retrieve('resp_2')).rejects.toMatchObject({
      status: 502,
      code: 'upstream_refused',
    });
  });
});
