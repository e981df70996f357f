import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { json } from '../support/upstream';

describe('a provider that answers 500', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  it.each([false, true])('is passed on as it is and costs nothing (stream: %s)', async (stream) => {
    const failure = { error: { message: 'boom', type: 'server_error', param: null, code: null } };
    metered.upstream.behave((_call, response) => json(response, 500, failure));
    const response = await metered.chat({ stream });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(failure);
    expect(response.headers.get('x-litellm-response-cost')).toBe('0');
    expect(await metered.booked(response.headers.get('x-litellm-call-id'))).toMatchObject([
      {
        status: 'FAILURE',
        cost: '0',
        usage_source: 'NONE',
        http_status: 500,
        requests: 1,
        error: 'The upstream answered 500.',
      },
    ]);
    expect(await metered.faults()).toEqual([]);
  });

  it('with a page that breaks off is a 502, and costs nothing', async () => {
    metered.upstream.behave((_call, response) => {
      response.writeHead(500, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('<html>', () => response.destroy());
    });
    const response = await metered.chat();
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { type: 'upstream_error' } });
    expect(await metered.booked(response.headers.get('x-litellm-call-id'))).toMatchObject([
      { status: 'FAILURE', cost: '0', usage_source: 'NONE' },
    ]);
    expect(await metered.faults()).toEqual([]);
  });

  it.each([401, 403, 302])(
    "that says %s speaks of this server's credential or address, so the client hears 502 and no more",
    async (status) => {
      metered.upstream.behave((_call, response) => {
        response.writeHead(status, { 'content-type': 'application/json', location: 'http://127.0.0.1:1/' });
        response.end('{"error":{"message":"Incorrect API key provided: upstream-secret"}}');
      });
      const response = await metered.chat();
      expect(response.status).toBe(502);
      expect(await response.text()).not.toContain('upstream-secret');
      expect(await metered.faults()).toEqual([]);
    },
  );
});
