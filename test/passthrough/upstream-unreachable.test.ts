import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startApp, type TestApp } from '../support/app';
import { meteredYaml, startMeteredApp, type MeteredApp } from '../support/metered-app';

describe('a provider that cannot be reached', () => {
  let app: TestApp;
  beforeAll(async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    app = await startApp({
      yaml: meteredYaml(`http://127.0.0.1:${String(port)}/v1`),
      environment: { SPENDGRAPH_MASTER_KEY_MAY_SPEND: 'true' },
    });
  });
  afterAll(() => app.close());

  it('is a 502, and the call is voided: not a byte left, so nothing is charged or counted', async () => {
    const made = await app.master.createKey();
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.secret}` },
      body: JSON.stringify({ model: 'my-gpt', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_unreachable' } });
    await app.settled();
    const { rows } = await app.pool.query(
      `SELECT r.state, s.status, s.usage_source, s.requests, trim_scale(s.cost)::text AS cost, s.http_status
         FROM reservations r JOIN spend_logs s ON s.call_id = r.id WHERE r.id = $1`,
      [response.headers.get('x-litellm-call-id')],
    );
    expect(rows).toEqual([
      { state: 'VOIDED', status: 'FAILURE', usage_source: 'NONE', requests: 0, cost: '0', http_status: 502 },
    ]);
    expect(await app.ledgerFaults()).toEqual([]);
  });
});

describe('a provider that resets the connection', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  it.each([false, true])(
    'before answering is a 502 that used nothing, and counts (stream: %s)',
    async (stream) => {
      metered.upstream.behave((_call, response) => void response.socket?.resetAndDestroy());
      const response = await metered.chat({ stream });
      expect(response.status).toBe(502);
      expect(await metered.booked(response.headers.get('x-litellm-call-id'))).toMatchObject([
        { status: 'FAILURE', cost: '0', usage_source: 'NONE', requests: 1, http_status: 502 },
      ]);
      expect(await metered.faults()).toEqual([]);
    },
  );
});
