import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';

describe('an answer that is larger than allowed', () => {
  let metered: MeteredApp;
  beforeAll(async () => {
    metered = await startMeteredApp({ SPENDGRAPH_UPSTREAM_MAX_RESPONSE_BYTES: '100000' });
  });
  afterAll(() => metered.close());

  it('is a 502: the rest is not read, and no more is charged than the request allowed', async () => {
    const sending = new Promise<ServerResponse>((resolve) => {
      metered.upstream.behave((_call, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(`{"choices":[{"message":{"content":"${'All of it. '.repeat(20_000)}`);
        resolve(response);
      });
    });
    const answered = metered.chat();
    const response = await sending;
    if (!response.destroyed) await once(response, 'close');
    const refused = await answered;
    expect(refused.status).toBe(502);
    expect(await refused.text()).toContain('larger than the 100000 bytes');
    const [row] = await metered.booked(refused.headers.get('x-litellm-call-id'));
    expect(row).toMatchObject({
      status: 'FAILURE',
      usage_source: 'ESTIMATED',
      output_tokens: 100,
      overrun: '0',
    });
    expect(await metered.faults()).toEqual([]);
  });
});
