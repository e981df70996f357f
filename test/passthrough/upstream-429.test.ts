import { startMeteredApp, type MeteredApp } from '../support/metered-app';

describe('a provider that answers 429', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  it('is passed on with its Retry-After and its limits, and costs nothing', async () => {
    metered.upstream.behave((_call, response) => {
      response.writeHead(429, {
        'content-type': 'application/json',
        'retry-after': '17',
        'x-ratelimit-remaining-requests': '0',
      });
      response.end('{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}');
    });
    const response = await metered.chat();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('17');
    expect(response.headers.get('llm_provider-x-ratelimit-remaining-requests')).toBe('0');
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    expect(await metered.booked(response.headers.get('x-litellm-call-id'))).toMatchObject([
      { status: 'FAILURE', cost: '0', usage_source: 'NONE', http_status: 429 },
    ]);
    expect(await metered.faults()).toEqual([]);
  });
});
