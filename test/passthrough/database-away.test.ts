import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';
import { until } from '../support/until';

const RECOVERY_MS = 10_000;

describe('a server whose database goes away', () => {
  let metered: MeteredApp;
  let proxy: DatabaseProxy;
  let server: { url: string };

  beforeAll(async () => {
    metered = await startMeteredApp();
    proxy = await startDatabaseProxy(metered.app.databaseUrl);
    server = await metered.app.join({ DATABASE_URL: proxy.url });
  });
  afterAll(async () => {
    proxy.restore();
    await metered.close();
    await proxy.close();
  });
  beforeEach(() => {
    metered.upstream.behave(answerChat());
    metered.upstream.calls.length = 0;
  });

  function call(key = metered.key): Promise<Response> {
    return fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'my-gpt', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  }

  async function statesOf(callId: string | null) {
    const { rows } = await metered.app.pool.query<{ state: string }>(
      `SELECT state FROM reservations WHERE $1::text IS NULL OR id = $1`,
      [callId],
    );
    return rows.map((row) => row.state);
  }

  const untilRecovered = () =>
    until('calls pass again', async () => (await call()).status === 200, RECOVERY_MS);

  it('refuses calls with a clean 503 and sends nothing, books those under way when it is back, and goes on', async () => {
    const other = await metered.app.master.createKey();
    expect((await call()).status).toBe(200);
    await metered.app.settled();
    const before = (await metered.booked()).length;
    metered.upstream.calls.length = 0;
    const answers: (() => void)[] = [];
    metered.upstream.behave((upstreamCall, response) => {
      answers.push(() => void answerChat()(upstreamCall, response));
    });
    const underWay = Array.from({ length: 20 }, () => call());
    await until('all are at the provider', () => answers.length === 20);
    proxy.cut();
    for (const answer of answers) answer();
    const responses = await Promise.all(underWay);
    expect(responses.map((response) => response.status)).toEqual(Array(20).fill(200));
    // One key is remembered, the other has to be looked up: both are refused in the same words.
    for (const refused of [await call(), await call(other.secret)]) {
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      const body = await refused.text();
      expect(JSON.parse(body)).toMatchObject({ error: { type: 'no_db_connection' } });
      expect(body).not.toMatch(/ECONN|SELECT|terminated|127\.0\.0\.1/);
    }
    expect((await fetch(`${server.url}/health/readiness`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/liveliness`)).status).toBe(200);
    expect(metered.upstream.calls).toHaveLength(20);
    expect(await statesOf(responses[0]?.headers.get('x-litellm-call-id') ?? null)).toEqual(['RESERVED']);
    proxy.restore();
    const rows = (await metered.booked()).slice(before);
    expect(rows).toHaveLength(20);
    expect(new Set(rows.map((row) => `${row.status} ${row.usage_source} ${row.cost ?? ''}`))).toEqual(
      new Set(['SUCCESS PROVIDER 0.00002']),
    );
    metered.upstream.behave(answerChat());
    await untilRecovered();
    expect(await metered.faults()).toEqual([]);
  });

  it('voids a reservation whose answer was lost, for nobody forwards that call', async () => {
    const before = await statesOf(null);
    proxy.mute('ledger_reserve');
    const response = call();
    await until('the reservation stands', async () => (await statesOf(null)).includes('RESERVED'));
    proxy.cut();
    expect((await response).status).toBe(503);
    expect(metered.upstream.calls).toHaveLength(0);
    proxy.restore();
    await metered.app.settled();
    expect((await statesOf(null)).length).toBe(before.length + 1);
    expect(await statesOf((await response).headers.get('x-litellm-call-id'))).toEqual(['VOIDED']);
    await untilRecovered();
    expect(await metered.faults()).toEqual([]);
  });

  it('voids a reservation that is only made after the connection was lost', async () => {
    const locker = await metered.app.pool.connect();
    await locker.query('BEGIN');
    await locker.query('SELECT 1 FROM limit_windows FOR UPDATE');
    const response = call();
    await until('the reserve statement waits for the lock', async () => {
      const { rows } = await metered.app.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
            AND query LIKE '%ledger_reserve%'`,
      );
      return rows.length === 1;
    });
    proxy.cut();
    const refused = await response;
    expect(refused.status).toBe(503);
    proxy.restore();
    await untilSettleWasTried();
    await locker.query('COMMIT');
    locker.release();
    const callId = refused.headers.get('x-litellm-call-id');
    await until('it is voided', async () => (await statesOf(callId)).includes('VOIDED'));
    expect(metered.upstream.calls).toHaveLength(0);
    await untilRecovered();
    expect(await metered.faults()).toEqual([]);
  });

  /** The void of a reservation that is not there yet waits for no lock, so that it is over when the server answers. */
  async function untilSettleWasTried(): Promise<void> {
    await until('the server reaches its database', async () => {
      return (await fetch(`${server.url}/health/readiness`)).status === 200;
    });
  }

  it('recovers from the loss of every connection, again and again, in the middle of load', async () => {
    const before = (await metered.booked()).length;
    const statuses: number[] = [];
    let losses = 0;
    let terminated = 0;
    let isOver = false;
    const caller = async (): Promise<void> => {
      while (!isOver) statuses.push((await metered.chat()).status);
    };
    const callers = Array.from({ length: 16 }, caller);
    while (losses < 8) {
      const wanted = statuses.length + 24;
      await until('more calls were answered', () => statuses.length >= wanted);
      const { rows } = await metered.app.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name LIKE 'spendgraph%'`,
      );
      terminated += rows.length;
      losses += 1;
    }
    isOver = true;
    await Promise.all(callers);
    await until('calls pass again', async () => (await metered.chat()).status === 200, RECOVERY_MS);
    expect(terminated).toBeGreaterThan(losses);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(8);
    const rows = (await metered.booked()).slice(before);
    // What the provider served is what is booked as served, each at its price.
    const served = rows.filter((row) => row.requests === 1);
    expect(served).toHaveLength(metered.upstream.calls.length);
    expect(new Set(served.map((row) => `${row.status} ${row.cost ?? ''}`))).toEqual(
      new Set(['SUCCESS 0.00002']),
    );
    expect(rows.filter((row) => row.requests === 0 && row.cost !== '0')).toEqual([]);
    expect(await metered.faults()).toEqual([]);
  });
});
