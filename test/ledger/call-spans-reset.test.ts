import { verifyLedger } from '../../src/ledger/verify-ledger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const CENT = 10_000_000_000n;

/** F14. */
describe('a call that is under way when its window ends', () => {
  let fixture: LedgerFixture;

  beforeAll(async () => {
    fixture = await startLedger();
  });
  afterAll(() => fixture.close());

  it('is held, extended and booked in the window of its admission, and takes nothing from the next', async () => {
    const set = await fixture.limits.set(fixture.master, {
      scope: 'TAG',
      scopeId: 'spans',
      unit: 'USD',
      amount: '0.05',
      duration: '1h',
    });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    const long = anAsk(4n * CENT, {}, { tags: ['spans'] });
    expect((await fixture.ledger.reserve(long)).kind).toBe('ADMITTED');
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = '1 hour'`);
    // The clock has jumped past the lease of its process too.
    await fixture.pool.query(`UPDATE ledger_owners SET lease_until = lease_until + interval '1 hour'`);
    // The whole of the new window is free.
    const next = anAsk(5n * CENT, {}, { tags: ['spans'] });
    expect((await fixture.ledger.reserve(next)).kind).toBe('ADMITTED');
    const { callId, snapshot } = long;
    const more = { callId, snapshot, holdOutputTokens: 20 };
    expect((await fixture.ledger.extend({ ...more, hold: 5n * CENT })).kind).toBe('EXTENDED');
    expect((await fixture.ledger.extend({ ...more, hold: 6n * CENT })).kind).toBe('REFUSED');
    await fixture.ledger.settle(settledAt(callId, 3n * CENT));
    const windows = async () => {
      const { rows } = await fixture.pool.query<{ spent: string; reserved: string }>(
        `SELECT trim_scale(spent)::text AS spent, trim_scale(reserved)::text AS reserved FROM limit_windows
          WHERE limit_id = $1 ORDER BY starts_at`,
        [set.value.id],
      );
      return rows;
    };
    expect(await windows()).toEqual([
      { spent: '0.03', reserved: '0' },
      { spent: '0', reserved: '0.05' },
    ]);
    await fixture.ledger.settle(settledAt(next.callId, CENT));
    expect(await windows()).toEqual([
      { spent: '0.03', reserved: '0' },
      { spent: '0.01', reserved: '0' },
    ]);
    expect((await verifyLedger(fixture.pool)).checks.filter((check) => !check.ok)).toEqual([]);
  });
});
