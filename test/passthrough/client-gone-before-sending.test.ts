import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { until } from '../support/until';

describe('a client that leaves before its call is sent', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());

  it('has it voided: no stream is asked for, and nothing is charged', async () => {
    // The first call makes the window, which is then held, so that the next call waits in the ledger.
    await (await metered.chat()).text();
    await metered.app.settled();
    metered.upstream.calls.length = 0;
    const locker = await metered.app.pool.connect();
    await locker.query('BEGIN');
    await locker.query('SELECT 1 FROM limit_windows FOR UPDATE');
    const client = new AbortController();
    const call = metered.chat({ stream: true, user: 'gone' }, {}, client.signal);
    await until('the call waits in the ledger', async () => {
      const { rows } = await metered.app.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length > 0;
    });
    client.abort();
    await expect(call).rejects.toThrow();
    // The server hears of it on another connection: what comes after on a new one is answered after.
    expect((await fetch(`${metered.app.url}/health/liveliness`)).status).toBe(200);
    await locker.query('COMMIT');
    locker.release();
    const row = await until('the call is booked', async () => (await metered.booked())[1]);
    expect(row).toMatchObject({ status: 'FAILURE', usage_source: 'NONE', cost: '0', requests: 0 });
    expect(metered.upstream.calls).toHaveLength(0);
    expect(await metered.faults()).toEqual([]);
  });
});
