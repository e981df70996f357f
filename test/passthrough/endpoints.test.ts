import { MASTER_KEY, startApp, type TestApp } from '../support/app';
import { json, startUpstream, type FakeUpstream } from '../support/upstream';

describe('a pass-through endpoint', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let key: string;

  beforeAll(async () => {
    upstream = await startUpstream();
    app = await startApp({
      yaml: `
general_settings:
  pass_through_endpoints:
    - path: /search
      target: ${upstream.url}/v2/find?engine=best
      include_subpath: true
      headers: {Authorization: os.environ/SEARCH_TOKEN, X-Fixed: operator}
      default_query_params: {limit: 10}
      cost_per_request: 0.0125
    - {path: /all-headers, target: "${upstream.url}/all", forward_headers: true, cost_per_request: 0, methods: [GET]}
    - {path: /unpriced, target: "${upstream.url}/unpriced"}
`,
      environment: { SEARCH_TOKEN: 'Bearer upstream-secret' },
    });
    ({ secret: key } = await app.master.createKey());
  });
  afterAll(async () => {
    await app.settled();
    expect(await app.ledgerFaults()).toEqual([]);
    await app.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.calls.length = 0;
    upstream.behave((_call, response) => {
      json(response, 200, { found: true });
    });
  });

  function call(path: string, init: RequestInit = {}, secret = key): Promise<Response> {
    const headers = { authorization: `Bearer ${secret}`, ...(init.headers as Record<string, string>) };
    return fetch(`${app.url}${path}`, { ...init, headers });
  }

  async function booked(response: Response): Promise<Record<string, unknown>> {
    await app.settled();
    const { rows } = await app.pool.query<Record<string, unknown>>(
      `SELECT kind, status, provider, model, endpoint, trim_scale(cost)::text AS cost, http_status, pricing_status
         FROM spend_logs WHERE call_id = $1`,
      [response.headers.get('x-litellm-call-id')],
    );
    expect(rows).toHaveLength(1);
    return rows[0] ?? {};
  }

  it('passes a request on with the credential of the operator, and books its price', async () => {
    const bytes = Buffer.from([0, 255, 128, 13, 10]);
    const response = await call('/search/deep/er?limit=3&q=a%20b', {
      method: 'PUT',
      body: bytes,
      headers: { 'content-type': 'application/octet-stream', 'x-other': 'mine', 'x-pass-meant': 'for you' },
    });
    expect([response.status, await response.json()]).toEqual([200, { found: true }]);
    expect(response.headers.get('x-litellm-response-cost')).toBe('0.0125');
    const [sent] = upstream.calls;
    expect(sent).toMatchObject({
      method: 'PUT',
      path: '/v2/find/deep/er?engine=best&limit=3&q=a+b',
      headers: {
        ...{ authorization: 'Bearer upstream-secret', 'x-fixed': 'operator', meant: 'for you' },
        'content-type': 'application/octet-stream',
      },
    });
    expect(sent?.headers).not.toHaveProperty('x-other');
    expect(sent?.bytes).toEqual(bytes);
    expect(await booked(response)).toMatchObject({
      ...{
        status: 'SUCCESS',
        provider: 'pass_through',
        model: '/search',
        endpoint: '/search',
        cost: '0.0125',
      },
      pricing_status: 'PRICED',
    });
  });

  it('sends headers of the client where it is told to, and never its key', async () => {
    const response = await call('/all-headers', {
      headers: { 'x-mine': '1', 'x-litellm-tags': 'a', cookie: 'c=1' },
    });
    expect([response.status, response.headers.get('x-litellm-response-cost')]).toEqual([200, '0']);
    const { headers } = upstream.calls[0] ?? { headers: {} };
    expect(headers).toMatchObject({ 'x-mine': '1' });
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/authorization|cookie|x-litellm/)]),
    );
    expect((await call('/all-headers', { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('passes an answer on as it comes', async () => {
    upstream.behave((_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      response.end('data: 2\n\n');
    });
    const response = await call('/search');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe('data: 1\n\ndata: 2\n\n');
    expect(await booked(response)).toMatchObject({ cost: '0.0125' });
  });

  it.each([
    [404, 404, /not here/],
    [500, 500, /not here/],
    [401, 502, /refused this server's credential/],
    [302, 502, /refused this server's credential or address/],
  ])('costs nothing when it answers %d', async (status, told, message) => {
    upstream.behave((_call, response) => {
      json(response, status, { error: 'not here' });
    });
    const response = await call('/search', { method: 'POST', body: '{}', redirect: 'manual' });
    expect([response.status, await response.text()]).toEqual([told, expect.stringMatching(message)]);
    expect(await booked(response)).toMatchObject({ status: 'FAILURE', cost: '0', http_status: status });
  });

  it('is charged when its client did not wait for the answer', async () => {
    const leaving = new AbortController();
    upstream.behave(() => {
      leaving.abort();
    });
    await expect(call('/search', { signal: leaving.signal })).rejects.toThrow();
    await app.settled();
    const { rows } = await app.pool.query(
      `SELECT trim_scale(cost)::text AS cost FROM spend_logs WHERE status = 'CANCELLED' AND endpoint = '/search'`,
    );
    expect(rows).toEqual([{ cost: '0.0125' }]);
  });

  it('refuses without room, without price, without permission, and paths that lead out of it', async () => {
    const poor = await app.master.createKey({ models: ['gpt-4o', '/all-headers'] });
    await app.master.do(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: poor.key.id, unit: 'REQUESTS', amount: '1' },
      '__typename',
    );
    const answers = [
      await call('/search', {}, poor.secret),
      await call('/all-headers', {}, poor.secret),
      await call('/all-headers', {}, poor.secret),
      await call('/unpriced'),
      await call('/search/a%5c..%5cadmin'),
      await call('/search/a%2Fb'),
      await call('/search', {}, 'sk-unknown'),
      await call('/search', {}, MASTER_KEY),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 200, 429, 400, 400, 400, 401, 403]);
    const messages = await Promise.all(answers.map((answer) => answer.text()));
    expect(messages[3]).toContain('cost_per_request');
    expect(upstream.calls).toHaveLength(1);
  });

  it('has the price that a contract sets', async () => {
    const made = await app.master.createKey();
    await app.master.do(
      'setPrice',
      'SetPriceInput',
      {
        ...{ scope: 'KEY', scopeId: made.key.id, provider: 'pass_through', model: '/unpriced' },
        rates: [{ unit: 'REQUESTS', usdPerMillion: '500000' }],
      },
      '__typename',
    );
    const response = await call('/unpriced', {}, made.secret);
    expect([response.status, response.headers.get('x-litellm-response-cost')]).toEqual([200, '0.5']);
  });
});
