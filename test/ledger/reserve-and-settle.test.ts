import { verifyLedger } from '../../src/ledger/verify-ledger';
import { lawFiveViolations, watchLawFive } from '../support/law-five';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;

describe('the ledger', () => {
  let fixture: LedgerFixture;

  beforeAll(async () => {
    fixture = await startLedger();
    await watchLawFive(fixture.pool);
  });

  afterAll(async () => {
    await fixture.close();
  });

  async function windowOf(limitId: string): Promise<{ spent: string; reserved: string }> {
    const { rows } = await fixture.pool.query<{ spent: string; reserved: string }>(
      `SELECT trim_scale(spent)::text AS spent, trim_scale(reserved)::text AS reserved
         FROM limit_windows WHERE limit_id = $1`,
      [limitId],
    );
    return rows[0] ?? { spent: 'none', reserved: 'none' };
  }

  async function setLimit(
    scope: 'ORGANIZATION' | 'TAG' | 'CUSTOMER',
    scopeId: string,
    amount: string,
  ): Promise<string> {
    const set = await fixture.limits.set(fixture.master, {
      scope,
      scopeId,
      unit: 'USD',
      amount,
      duration: 'monthly',
    });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    return set.value.id;
  }

  it('holds a bound, books the true cost and releases the rest', async () => {
    const limitId = await setLimit('CUSTOMER', 'c1', '10');
    const ask = anAsk(3n * USD, {}, { customerId: 'c1' });
    expect((await fixture.ledger.reserve(ask)).kind).toBe('ADMITTED');
    expect(await windowOf(limitId)).toEqual({ spent: '0', reserved: '3' });
    expect(await fixture.ledger.settle(settledAt(ask.callId, USD / 4n))).toBe('SETTLED');
    expect(await windowOf(limitId)).toEqual({ spent: '0.25', reserved: '0' });
  });

  it('ends a reservation once, whoever tries twice', async () => {
    const limitId = await setLimit('CUSTOMER', 'c2', '10');
    const ask = anAsk(USD, {}, { customerId: 'c2' });
    await fixture.ledger.reserve(ask);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => fixture.ledger.settle(settledAt(ask.callId, USD))),
    );
    expect(outcomes.filter((outcome) => outcome === 'SETTLED').length).toBeLessThanOrEqual(1);
    expect(await fixture.ledger.settle(settledAt(ask.callId, USD))).toBe('ALREADY_ENDED');
    expect(await windowOf(limitId)).toEqual({ spent: '1', reserved: '0' });
  });

  it('admits exactly as many of 2,000 concurrent calls of two processes as there is room for', async () => {
    const limitId = await setLimit('TAG', 'rush', '500');
    const second = await fixture.join('second');
    const asks = Array.from({ length: 2_000 }, () => anAsk(USD, {}, { tags: ['rush'] }));
    const verdicts = await Promise.all(
      asks.map((ask, i) => (i % 2 === 0 ? fixture.ledger : second).reserve(ask)),
    );
    expect(verdicts.filter((verdict) => verdict.kind === 'ADMITTED')).toHaveLength(500);
    const refused = verdicts.find((verdict) => verdict.kind === 'REFUSED');
    expect(refused).toMatchObject({ refusal: { limit: { id: limitId }, ask: USD } });
    expect(await windowOf(limitId)).toEqual({ spent: '0', reserved: '500' });
    const admitted = asks.filter((_, index) => verdicts[index]?.kind === 'ADMITTED');
    await Promise.all(admitted.map((ask) => fixture.ledger.settle(settledAt(ask.callId, USD / 2n))));
    expect(await windowOf(limitId)).toEqual({ spent: '250', reserved: '0' });
    expect(await lawFiveViolations(fixture.pool)).toBe(0);
  });

  it('leaves nothing behind of a call that one of its limits refuses', async () => {
    const wide = await setLimit('CUSTOMER', 'c3', '100');
    const narrow = await setLimit('TAG', 'narrow', '1');
    const verdict = await fixture.ledger.reserve(anAsk(2n * USD, {}, { customerId: 'c3', tags: ['narrow'] }));
    expect(verdict).toMatchObject({ kind: 'REFUSED', refusal: { limit: { id: narrow } } });
    expect(await windowOf(wide)).toEqual({ spent: '0', reserved: '0' });
  });

  it('counts open and booked calls in a limit that is made while they are under way', async () => {
    const done = anAsk(USD, {}, { customerId: 'c4' });
    const open = anAsk(2n * USD, {}, { customerId: 'c4' });
    await fixture.ledger.reserve(done);
    await fixture.ledger.settle(settledAt(done.callId, USD));
    await fixture.ledger.reserve(open);
    const limitId = await setLimit('CUSTOMER', 'c4', '3');
    expect(await windowOf(limitId)).toEqual({ spent: '1', reserved: '2' });
    expect((await fixture.ledger.reserve(anAsk(1n, {}, { customerId: 'c4' }))).kind).toBe('REFUSED');
    await fixture.ledger.settle(settledAt(open.callId, USD));
    expect(await windowOf(limitId)).toEqual({ spent: '2', reserved: '0' });
  });

  it('charges an expired call at its hold, and books the difference once when the true cost arrives late', async () => {
    const limitId = await setLimit('CUSTOMER', 'c5', '10');
    const ask = anAsk(4n * USD, {}, { customerId: 'c5' });
    await fixture.ledger.reserve(ask);
    await fixture.ledger.settle({ ...settledAt(ask.callId, 0n), outcome: 'EXPIRED' });
    expect(await windowOf(limitId)).toEqual({ spent: '4', reserved: '0' });
    expect(await fixture.ledger.settle(settledAt(ask.callId, USD))).toBe('ADJUSTED');
    expect(await fixture.ledger.settle(settledAt(ask.callId, USD))).toBe('ALREADY_ENDED');
    expect(await windowOf(limitId)).toEqual({ spent: '1', reserved: '0' });
  });

  it('lets a call that costs nothing pass a limit that is used up', async () => {
    await setLimit('CUSTOMER', 'c6', '0');
    expect((await fixture.ledger.reserve(anAsk(0n, {}, { customerId: 'c6' }))).kind).toBe('ADMITTED');
  });

  it('refuses the text that PostgreSQL cannot store in one call without failing the others of its batch', async () => {
    const good = anAsk(1n);
    const bad = anAsk(1n, {}, { customerId: 'nul\u0000' });
    const [a, b] = await Promise.allSettled([fixture.ledger.reserve(good), fixture.ledger.reserve(bad)]);
    expect(a).toMatchObject({ status: 'fulfilled', value: { kind: 'ADMITTED' } });
    expect(b.status).toBe('rejected');
  });

  it('finds the first call of an Idempotency-Key, also when both arrive at once', async () => {
    const idempotency = { key: 'k', bodyHash: 'h' };
    const asks = [anAsk(1n, { idempotency }), anAsk(1n, { idempotency })];
    const verdicts = await Promise.all(asks.map((ask) => fixture.ledger.reserve(ask)));
    expect(verdicts.map((verdict) => verdict.kind).sort()).toEqual(['ADMITTED', 'DUPLICATE']);
    const again = await fixture.ledger.reserve(anAsk(1n, { idempotency: { key: 'k', bodyHash: 'other' } }));
    expect(again).toMatchObject({ kind: 'DUPLICATE', sameBody: false, inFlight: true });
  });

  it('verifies itself, and names what was tampered with', async () => {
    expect(await verifyLedger(fixture.pool)).toMatchObject({ ok: true, checks: expect.any(Array) });
    await fixture.pool.query(`UPDATE spend_totals SET cost = cost + 1 WHERE scope = 'SERVER'`);
    const report = await verifyLedger(fixture.pool);
    expect(report.checks.filter((check) => !check.ok)).toMatchObject([
      { name: 'totals', differences: [{ subject: 'SERVER server' }] },
    ]);
    await fixture.pool.query(`UPDATE spend_totals SET cost = cost - 1 WHERE scope = 'SERVER'`);
  });

  it('refuses every change of a spend row', async () => {
    for (const statement of [
      'UPDATE spend_logs SET cost = 0',
      'DELETE FROM spend_logs',
      'TRUNCATE spend_logs',
      'TRUNCATE spend_logs_default',
    ]) {
      await expect(fixture.pool.query(statement)).rejects.toThrow('append-only');
    }
  });
});
