import type { CallAsk } from '../../src/domain/ledger/call-ask';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { LimitAdjustmentService } from '../../src/limits/limit-adjustment.service';
import { AssignmentService } from '../../src/templates/assignment.service';
import { TemplateService } from '../../src/templates/template.service';
import { valueOf } from '../support/feature';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../support/ledger';

const USD = 1_000_000_000_000n;

describe('credits, resets and temporary increases', () => {
  let fixture: LedgerFixture;
  let adjustments: LimitAdjustmentService;
  let count = 0;

  beforeAll(async () => {
    fixture = await startLedger();
    adjustments = new LimitAdjustmentService(fixture.db, { publish: () => undefined });
    await fixture.pool.query(`INSERT INTO organizations (id, name) VALUES ('org_a', 'A')`);
  });
  afterEach(async () => {
    const report = await verifyLedger(fixture.pool);
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  });
  afterAll(() => fixture.close());

  /** A limit of ten dollars on a tag of its own. */
  async function limitOnTag(): Promise<{ tag: string; limitId: string }> {
    const tag = `tag-${(count += 1)}`;
    const limit = { scope: 'TAG', scopeId: tag, unit: 'USD', amount: '10', duration: '1d' } as const;
    return { tag, limitId: valueOf(await fixture.limits.set(fixture.master, limit)).id };
  }

  const askOf = (cost: bigint, tag: string): CallAsk => anAsk(cost, {}, { tags: [tag] });

  async function spend(cost: bigint, tag: string): Promise<string> {
    const ask = askOf(cost, tag);
    const { kind } = await fixture.ledger.reserve(ask);
    if (kind === 'ADMITTED') await fixture.ledger.settle(settledAt(ask.callId, cost));
    return kind;
  }

  async function spentOf(limitId: string): Promise<string[]> {
    const { rows } = await fixture.pool.query<{ spent: string }>(
      `SELECT trim_scale(spent)::text AS spent FROM limit_windows WHERE limit_id = $1 ORDER BY id`,
      [limitId],
    );
    return rows.map((row) => row.spent);
  }

  const passTime = (by: string) =>
    fixture.pool.query(`UPDATE ledger_state SET clock_offset = clock_offset + $1::interval`, [by]);

  async function inHours(hours: number): Promise<Date> {
    const { rows } = await fixture.pool.query<{ at: Date }>(
      `SELECT ledger_now() + $1 * interval '1 hour' AS at`,
      [hours],
    );
    return rows[0]?.at ?? new Date(0);
  }

  it('an increase lets calls through until it expires by itself, and several add up', async () => {
    const limit = { scope: 'TAG', scopeId: 'raised', unit: 'USD', amount: '10' } as const;
    const { id: limitId } = valueOf(await fixture.limits.set(fixture.master, limit));
    expect(await spend(10n * USD, 'raised')).toBe('ADMITTED');
    expect(await spend(1n, 'raised')).toBe('REFUSED');
    const more = { limitId, reason: 'a launch' };
    valueOf(
      await adjustments.increase(fixture.master, { ...more, amount: '2', expiresAt: await inHours(1) }),
    );
    valueOf(
      await adjustments.increase(fixture.master, { ...more, amount: '3', expiresAt: await inHours(2) }),
    );
    expect(await spend(6n * USD, 'raised')).toBe('REFUSED');
    expect(await spend(3n * USD, 'raised')).toBe('ADMITTED');
    await passTime('61 minutes');
    await fixture.pool.query(`UPDATE ledger_owners SET lease_until = ledger_now() + interval '1 day'`);
    expect(await spend(1n, 'raised')).toBe('REFUSED');
    valueOf(await adjustments.credit(fixture.master, { ...more, amount: '1' }));
    expect(await spend(USD, 'raised')).toBe('ADMITTED');
    await passTime('60 minutes');
    await fixture.pool.query(`UPDATE ledger_owners SET lease_until = ledger_now() + interval '1 day'`);
    valueOf(await adjustments.credit(fixture.master, { ...more, amount: '1' }));
    expect(await spend(1n, 'raised')).toBe('REFUSED');
    const late = await adjustments.increase(fixture.master, {
      ...{ ...more, amount: '1', expiresAt: await inHours(-1) },
    });
    expect(late).toMatchObject({ ok: false, error: [{ code: 'INVALID', field: ['input', 'expiresAt'] }] });
  });

  it('a credit gives room back, once for one idempotency key', async () => {
    const { tag, limitId } = await limitOnTag();
    await spend(10n * USD, tag);
    const input = { limitId, amount: '4.5', reason: 'an outage', idempotencyKey: 'once' };
    const first = valueOf(await adjustments.credit(fixture.master, input));
    const second = valueOf(await adjustments.credit(fixture.master, input));
    expect(second.adjustment.id).toBe(first.adjustment.id);
    expect(await spentOf(limitId)).toEqual(['5.5']);
    expect(await spend(5n * USD, tag)).toBe('REFUSED');
    expect(await spend(4n * USD, tag)).toBe('ADMITTED');
  });

  it('calls in flight are booked in full after a reset, and count while they are open', async () => {
    const { tag, limitId } = await limitOnTag();
    await spend(5n * USD, tag);
    const open = askOf(4n * USD, tag);
    expect(await fixture.ledger.reserve(open)).toMatchObject({ kind: 'ADMITTED' });
    valueOf(await adjustments.reset(fixture.master, { limitId, reason: 'a new start' }));
    expect(await spentOf(limitId)).toEqual(['0']);
    expect(await spend(7n * USD, tag)).toBe('REFUSED');
    await fixture.ledger.settle(settledAt(open.callId, 3n * USD));
    expect(await spentOf(limitId)).toEqual(['3']);
    expect(await spend(7n * USD, tag)).toBe('ADMITTED');
  });

  it('stay with their instant when the windows of the limit are cut anew', async () => {
    const { tag, limitId } = await limitOnTag();
    await spend(8n * USD, tag);
    valueOf(await adjustments.credit(fixture.master, { limitId, amount: '3', reason: 'an outage' }));
    valueOf(await fixture.limits.update(fixture.master, { limitId, duration: '1mo' }));
    expect(await spend(6n * USD, tag)).toBe('REFUSED');
    expect(await spend(5n * USD, tag)).toBe('ADMITTED');
  });

  it('forty calls and a reset at the same time leave exact sums', async () => {
    const { tag, limitId } = await limitOnTag();
    const calls = Array.from({ length: 40 }, () => spend(USD / 5n, tag));
    const reset = adjustments.reset(fixture.master, { limitId, reason: 'in the middle' });
    const kinds = await Promise.all(calls);
    const { adjustment } = valueOf(await reset);
    expect(kinds).toEqual(kinds.map(() => 'ADMITTED'));
    const { rows } = await fixture.pool.query<{ is: boolean }>(
      `SELECT spent = 8 + $2::numeric AS is FROM limit_windows WHERE limit_id = $1`,
      [limitId, `${String(adjustment.amount)}e-12`],
    );
    expect(rows).toEqual([{ is: true }]);
  });

  it('reach the window of one holder of a template, and no holder that counted nothing', async () => {
    const templates = new TemplateService(fixture.db, { publish: () => undefined });
    const assignments = new AssignmentService(fixture.db);
    valueOf(await templates.create(fixture.master, { id: 'tmpl_adjusted', name: 'shared' }));
    const terms = { scope: 'TEMPLATE', scopeId: 'tmpl_adjusted', unit: 'USD', amount: '10' } as const;
    const limitId = valueOf(await fixture.limits.set(fixture.master, terms)).id;
    const holder = { scope: 'TAG', scopeId: 'held' } as const;
    const given = valueOf(await assignments.assign(fixture.master, { templateId: 'tmpl_adjusted', holder }));
    await spend(9n * USD, 'held');
    expect(await spend(9n * USD, 'held')).toBe('REFUSED');
    const of = { limitId, assignmentId: given.id, reason: 'a new start' };
    expect(await adjustments.reset(fixture.master, { ...of, holderId: 'nobody' })).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_FOUND' }],
    });
    expect(await adjustments.reset(fixture.master, { limitId, reason: 'whose?' })).toMatchObject({
      ok: false,
      error: [{ code: 'REQUIRED', field: ['input', 'assignmentId'] }],
    });
    valueOf(await adjustments.reset(fixture.master, { ...of, holderId: 'held' }));
    expect(await spend(9n * USD, 'held')).toBe('ADMITTED');
    valueOf(await assignments.unassign(fixture.master, given.id));
    valueOf(await assignments.assign(fixture.master, { templateId: 'tmpl_adjusted', holder }));
  });

  it('refuses what is no adjustment, and never changes one', async () => {
    const { limitId } = await limitOnTag();
    const tries = [
      adjustments.credit(fixture.master, { limitId, amount: '0', reason: 'none' }),
      adjustments.credit(fixture.master, { limitId, amount: '1', reason: ' ' }),
      adjustments.reset(fixture.master, { limitId: 'lim_absent', reason: 'gone' }),
      adjustments.reset(fixture.master, { limitId, holderId: 'x', reason: 'whose?' }),
    ];
    const outcomes = await Promise.all(tries);
    expect(outcomes.map((each) => (each.ok ? null : each.error[0]?.code))).toEqual([
      ...['INVALID', 'REQUIRED', 'NOT_FOUND', 'INVALID'],
    ]);
    valueOf(await adjustments.credit(fixture.master, { limitId, amount: '1', reason: 'once' }));
    for (const change of ['UPDATE limit_adjustments SET amount = 0', 'DELETE FROM limit_adjustments'])
      await expect(fixture.pool.query(change)).rejects.toThrow();
  });
});
