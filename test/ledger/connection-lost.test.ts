import { Ledger } from '../../src/ledger/ledger.service';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { systemClock } from '../../src/platform/clock';
import { silentLog } from '../../src/platform/logger';
import { anAsk, settledAt, silentHints, startLedger, type LedgerFixture } from '../support/ledger';
import { until } from '../support/until';

describe('a proof of the ledger whose connection is lost', () => {
  let fixture: LedgerFixture;
  beforeAll(async () => (fixture = await startLedger()));
  afterAll(() => fixture.close());

  it('fails, and neither ends the process nor spoils the pool', async () => {
    const locker = await fixture.pool.connect();
    await locker.query('BEGIN');
    await locker.query('LOCK TABLE spend_rollups IN ACCESS EXCLUSIVE MODE');
    const proof = verifyLedger(fixture.pool).catch((error: unknown) => error);
    const pid = await until('the proof waits for the lock', async () => {
      const { rows } = await fixture.pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows[0]?.pid;
    });
    await fixture.pool.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(await proof).toBeInstanceOf(Error);
    await locker.query('ROLLBACK');
    locker.release();
    expect((await verifyLedger(fixture.pool)).ok).toBe(true);
  });

  it('takes no connection away from the pool, however often it is asked for', async () => {
    for (let i = 0; i < 15; i++) expect((await verifyLedger(fixture.pool)).ok).toBe(true);
    expect(fixture.pool.totalCount).toBe(fixture.pool.idleCount);
  });
});

describe('a reservation for which no connection is to be had', () => {
  let fixture: LedgerFixture;
  beforeAll(async () => (fixture = await startLedger()));
  afterAll(() => fixture.close());

  /** A ledger whose pool has no connection in time for so many reservations. */
  async function ledgerWithout(connections: number): Promise<{ ledger: Ledger; tries: () => number }> {
    let tries = 0;
    const pool = new Proxy(fixture.pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name) as unknown;
        return (text: string, values: unknown[]) => {
          if (!text.includes('ledger_reserve')) return target.query(text, values);
          tries += 1;
          return tries <= connections
            ? Promise.reject(new Error('timeout exceeded when trying to connect'))
            : target.query(text, values);
        };
      },
    });
    const ledger = new Ledger({
      pool,
      hints: silentHints(),
      clock: systemClock,
      log: silentLog,
      ownerId: `without-${String(connections)}`,
      leaseTtlMs: 30_000,
      wait: () => Promise.resolve(),
    });
    await ledger.start();
    return { ledger, tries: () => tries };
  }

  it('is tried once more, because a server that is short of time is late itself', async () => {
    const { ledger, tries } = await ledgerWithout(1);
    const ask = anAsk(1n);
    expect((await ledger.reserve(ask)).kind).toBe('ADMITTED');
    expect(tries()).toBe(2);
    await ledger.settle(settledAt(ask.callId, 1n));
    await ledger.stop();
  });

  it('is refused when that does not help', async () => {
    const { ledger, tries } = await ledgerWithout(2);
    await expect(ledger.reserve(anAsk(1n))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(tries()).toBe(2);
    await ledger.stop();
  });
});
