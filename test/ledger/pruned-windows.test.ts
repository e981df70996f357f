import { expiredCall, voidedCall } from '../../src/domain/ledger/call-end';
import { Sweeper } from '../../src/ledger/sweeper';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { silentLog } from '../../src/platform/logger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;
const MONTH_MS = 31 * 24 * 3_600_000;

describe('windows that have long ended', () => {
  let fixture: LedgerFixture;
  let sweeper: Sweeper;

  beforeAll(async () => {
    fixture = await startLedger();
    const { pool, ledger } = fixture;
    const log = silentLog;
    sweeper = new Sweeper({ pool, ledger, log, intervalMs: 1_000_000, keepEndedMs: MONTH_MS });
  });
  afterAll(() => fixture.close());

  async function setLimit(duration: string, customerId: string): Promise<string> {
    const terms = { scope: 'CUSTOMER' as const, scopeId: customerId, unit: 'USD' as const, amount: '100' };
    const set = await fixture.limits.set(fixture.master, { ...terms, duration });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    return set.value.id;
  }

  async function windowsOf(limitId: string): Promise<number> {
    const { rows } = await fixture.pool.query('SELECT 1 FROM limit_windows WHERE limit_id = $1', [limitId]);
    return rows.length;
  }

  /** Moves the ledger's clock on, for every process on the database. The lease is renewed as if nothing were. */
  async function pass(interval: string): Promise<void> {
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = clock_offset + $1::interval`, [
      interval,
    ]);
    await fixture.pool.query(`UPDATE ledger_owners SET lease_until = ledger_now() + interval '1 hour'`);
  }

  async function reserve(customerId: string, deadlineMs = 600_000): Promise<string> {
    const ask = anAsk(4n * USD, { deadlineMs }, { customerId });
    expect((await fixture.ledger.reserve(ask)).kind).toBe('ADMITTED');
    return ask.callId;
  }

  it.each(['1s', '1m', '1h'])(
    'of %s are removed by the sweep, once they have, and calls go on',
    async (duration) => {
      const customer = `ended-${duration}`;
      const limitId = await setLimit(duration, customer);
      await fixture.ledger.settle(settledAt(await reserve(customer), USD));
      // A short window may have ended between the limit's making and the call.
      const made = await windowsOf(limitId);
      await pass('2 hours');
      await sweeper.sweep();
      expect(await windowsOf(limitId)).toBe(made);
      await pass('6 hours');
      await sweeper.sweep();
      expect(await windowsOf(limitId)).toBe(0);
      await fixture.ledger.settle(settledAt(await reserve(customer), USD));
      expect(await windowsOf(limitId)).toBeGreaterThan(0);
      expect((await verifyLedger(fixture.pool)).ok).toBe(true);
    },
  );

  it.each(['1d', 'monthly'])('of %s are kept', async (duration) => {
    const customer = `kept-${duration}`;
    const limitId = await setLimit(duration, customer);
    await fixture.ledger.settle(settledAt(await reserve(customer), USD));
    await pass('40 days');
    await sweeper.sweep();
    expect(await windowsOf(limitId)).toBe(1);
  });

  it('stay while an open call holds something in them, and are settled as ever', async () => {
    const limitId = await setLimit('1m', 'open');
    const callId = await reserve('open', 24 * 3_600_000);
    await pass('8 hours');
    await sweeper.sweep();
    expect(await windowsOf(limitId)).toBe(1);
    expect(await fixture.ledger.settle(settledAt(callId, USD))).toBe('SETTLED');
    const { rows } = await fixture.pool.query(
      `SELECT trim_scale(spent)::text AS spent, reserved::int FROM limit_windows WHERE limit_id = $1`,
      [limitId],
    );
    expect(rows).toEqual([{ spent: '1', reserved: 0 }]);
    await sweeper.sweep();
    expect(await windowsOf(limitId)).toBe(0);
  });

  it('are not missed by a true cost that arrives when they are gone', async () => {
    const short = await setLimit('1m', 'late');
    const long = await setLimit('monthly', 'late');
    const callId = await reserve('late');
    await fixture.ledger.settle(expiredCall(callId));
    await pass('8 hours');
    await sweeper.sweep();
    expect([await windowsOf(short), await windowsOf(long)]).toEqual([0, 1]);
    expect(await fixture.ledger.settle(settledAt(callId, USD))).toBe('ADJUSTED');
    const { rows } = await fixture.pool.query(
      `SELECT trim_scale(spent)::text AS spent FROM limit_windows WHERE limit_id = $1`,
      [long],
    );
    expect(rows).toEqual([{ spent: '1' }]);
    expect((await verifyLedger(fixture.pool)).ok).toBe(true);
  });

  it('do not keep the sweep waiting for a batch that has locked them', async () => {
    const limitId = await setLimit('1m', 'locked');
    await fixture.ledger.settle(voidedCall(await reserve('locked'), null));
    await pass('8 hours');
    const batch = await fixture.pool.connect();
    await batch.query('BEGIN');
    await batch.query('SELECT 1 FROM limit_windows WHERE limit_id = $1 FOR UPDATE', [limitId]);
    await sweeper.sweep();
    expect(await windowsOf(limitId)).toBe(1);
    await batch.query('COMMIT');
    batch.release();
    await sweeper.sweep();
    expect(await windowsOf(limitId)).toBe(0);
  });
});
