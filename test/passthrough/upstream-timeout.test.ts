import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { chatChunks } from '../support/upstream';

describe('a provider that is silent for longer than the time-out', () => {
  let metered: MeteredApp;
  beforeAll(async () => {
    metered = await startMeteredApp({
      SPENDGRAPH_UPSTREAM_HEADERS_TIMEOUT_MS: '1000',
      SPENDGRAPH_UPSTREAM_BODY_TIMEOUT_MS: '1000',
    });
  });
  afterAll(() => metered.close());

  it.each([false, true])('before its answer is a 504 that used nothing (stream: %s)', async (stream) => {
    metered.upstream.behave(() => undefined);
    const response = await metered.chat({ stream });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_timeout' } });
    expect(await metered.booked(response.headers.get('x-litellm-call-id'))).toMatchObject([
      { status: 'FAILURE', cost: '0', usage_source: 'NONE', http_status: 504, requests: 1 },
    ]);
    expect(await metered.faults()).toEqual([]);
  });

  it('in the middle of a stream ends it with an error, charged for what was delivered', async () => {
    metered.upstream.behave((call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of chatChunks(call, null).slice(0, 2)) response.write(chunk);
    });
    const response = await metered.chat({ stream: true });
    const text = await response.text();
    expect(text).toContain('"code":"upstream_cut"');
    const [row] = await metered.booked(response.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'ESTIMATED', output_tokens: 3 });
    expect(await metered.faults()).toEqual([]);
  });
});
