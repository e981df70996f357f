import { Client } from 'pg';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { startLedger, type LedgerFixture } from '../support/ledger';
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
    const client = fixture.pool.options as { connectionString?: string };
    const direct = new Client({ connectionString: client.connectionString });
    await direct.connect();
    await direct.end();
  });
});
