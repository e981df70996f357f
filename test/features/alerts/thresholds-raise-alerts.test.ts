import { AlertRuleService } from '../../../src/alerts/alert-rule.service';
import { watchOverdue } from '../../../src/alerts/watched-windows.repository';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../../support/ledger';

const USD = 1_000_000_000_000n;

interface Raised {
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  readonly threshold: string;
  readonly title: string;
  readonly message: string;
  readonly details: Record<string, string>;
  readonly rule_id: string;
  readonly held_until: Date | null;
  readonly digest_at: Date | null;
}

describe('thresholds of limits', () => {
  let fixture: LedgerFixture;

  beforeAll(async () => {
    fixture = await startLedger();
  });
  afterAll(() => fixture.close());

  async function setLimit(customer: string, amount: string, more: object = {}): Promise<string> {
    const set = await fixture.limits.set(fixture.master, {
      ...{ scope: 'CUSTOMER', scopeId: customer, unit: 'USD', amount, duration: 'monthly' },
      ...more,
    });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    return set.value.id;
  }

  async function spend(customer: string, cost: bigint, ledger = fixture.ledger): Promise<void> {
    const ask = anAsk(cost, {}, { customerId: customer });
    expect((await ledger.reserve(ask)).kind).toBe('ADMITTED');
    expect(await ledger.settle(settledAt(ask.callId, cost))).toBe('SETTLED');
  }

  async function raised(limitId: string): Promise<Raised[]> {
    const { rows } = await fixture.pool.query<Raised>(
      `SELECT a.* FROM alerts a JOIN alert_outbox o ON o.alert_id = a.id WHERE limit_id = $1 ORDER BY raised_at, threshold::text`,
      [limitId],
    );
    return rows;
  }

  const thresholds = async (limitId: string): Promise<string[]> =>
    (await raised(limitId)).map(({ threshold }) => threshold).sort((a, b) => parseFloat(a) - parseFloat(b));

  it('raise one alert each, in the transaction that books, with what stands in the window', async () => {
    const limitId = await setLimit('steps', '10');
    await spend('steps', 4n * USD);
    expect(await raised(limitId)).toEqual([]);
    await spend('steps', USD);
    const [half] = await raised(limitId);
    expect(half).toMatchObject({
      kind: 'THRESHOLD',
      severity: 'INFO',
      threshold: '50',
      title: '50 % of the limit of customer steps is used',
      details: { unit: 'USD', spent: '5', limit: '10', percent: '50' },
      held_until: null,
      digest_at: null,
    });
    expect(half?.message).toMatch(/^5 of 10 USD are spent in the window since 20/);
    await spend('steps', USD / 2n);
    expect(await thresholds(limitId)).toEqual(['50']);
  });

  it('are each told when one call crosses several', async () => {
    const limitId = await setLimit('jump', '10');
    await spend('jump', 10n * USD);
    expect(await thresholds(limitId)).toEqual(['50', '80', '95', '100']);
    const severities = new Map((await raised(limitId)).map((each) => [each.threshold, each.severity]));
    expect(Object.fromEntries(severities)).toEqual({
      '50': 'INFO',
      '80': 'WARNING',
      '95': 'WARNING',
      '100': 'CRITICAL',
    });
  });

  it('are crossed once by 200 calls that two servers book at the same time', async () => {
    const limitId = await setLimit('crowd', '200');
    const second = await fixture.join('second');
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => spend('crowd', USD, n % 2 === 0 ? fixture.ledger : second)),
    );
    expect(await thresholds(limitId)).toEqual(['50', '80', '95', '100']);
  });

  it('of a soft limit warn and refuse nothing', async () => {
    const limitId = await setLimit('soft', '10', { softAmount: '3', alertThresholds: [] });
    await spend('soft', 3n * USD);
    expect(await raised(limitId)).toMatchObject([
      { kind: 'SOFT_LIMIT', severity: 'WARNING', details: { softLimit: '3', spent: '3' } },
    ]);
  });

  it('hold at once for a limit that is lowered', async () => {
    const limitId = await setLimit('lowered', '100');
    await spend('lowered', 40n * USD);
    expect(await thresholds(limitId)).toEqual([]);
    const updated = await fixture.limits.update(fixture.master, { limitId, amount: '45' });
    expect(updated.ok).toBe(true);
    expect(await thresholds(limitId)).toEqual(['50', '80']);
  });

  async function untilNoon(): Promise<void> {
    await fixture.pool.query(
      `UPDATE ledger_state SET clock_offset = clock_offset + ((date_trunc('day', ledger_now() AT TIME ZONE 'UTC'
         + interval '12 hours') + interval '12 hours') AT TIME ZONE 'UTC' - ledger_now())`,
    );
  }

  it('of a rule nearer to the limit replace those of the server, and a rule that is off silences them', async () => {
    // Its quiet hours leave out the last minute of the day.
    await untilNoon();
    const limitId = await setLimit('ruled', '10');
    const silent = await setLimit('silent', '10');
    await fixture.pool.query(
      `INSERT INTO alert_rules (id, scope, scope_id, kind, name, thresholds, amounts, unit, enabled, quiet_from_minutes,
                                quiet_until_minutes, digest, created_by) VALUES
         ('rule_a', 'LIMIT', $1, 'THRESHOLD', 'mine', '{30}', '{2.5}', 'USD', true, 0, 1439, 'DAILY', 'test'),
         ('rule_b', 'LIMIT', $2, 'THRESHOLD', 'off', NULL, NULL, NULL, false, NULL, NULL, 'NONE', 'test')`,
      [limitId, silent],
    );
    await spend('ruled', 6n * USD);
    await spend('silent', 6n * USD);
    expect(await raised(silent)).toEqual([]);
    const own = await raised(limitId);
    expect(own.map(({ threshold, rule_id }) => `${rule_id} ${threshold}`).sort()).toEqual([
      'rule_a 2.5 USD',
      'rule_a 30',
    ]);
    for (const { held_until, digest_at } of own) {
      expect(held_until?.toISOString()).toMatch(/T23:59:00/);
      expect(digest_at?.toISOString()).toMatch(/T08:00:00/);
    }
  });

  it('of a window that begins again and again are quiet for the cooldown of their rule', async () => {
    const limitId = await setLimit('minutes', '10', { duration: '1m' });
    await spend('minutes', 6n * USD);
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = clock_offset + interval '2 minutes'`);
    await spend('minutes', 6n * USD);
    expect(await thresholds(limitId)).toEqual(['50']);
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = clock_offset + interval '2 hours'`);
    await spend('minutes', 6n * USD);
    expect(await thresholds(limitId)).toEqual(['50', '50']);
  });

  it('are raised later when they cannot be raised while a call is booked, which is booked all the same', async () => {
    const limitId = await setLimit('broken', '10');
    await fixture.pool.query(`ALTER TABLE alerts ADD CONSTRAINT none CHECK (scope_id NOT LIKE '%/broken')`);
    await spend('broken', 6n * USD);
    await fixture.pool.query(`ALTER TABLE alerts DROP CONSTRAINT none`);
    expect(await thresholds(limitId)).toEqual([]);
    const overdue = await fixture.db.transaction((manager) => watchOverdue(manager, '0'));
    expect(overdue).toMatchObject({ after: null, raised: [(await raised(limitId))[0]?.id], failures: [] });
    expect(await thresholds(limitId)).toEqual(['50']);
  });

  it('are told of soon in windows that were over them before their rule came', async () => {
    const limitId = await setLimit('before', '30', { alertThresholds: [] });
    await spend('before', 10n * USD);
    const made = await new AlertRuleService(fixture.db).create(fixture.master, {
      ...{ kind: 'THRESHOLD', scope: 'LIMIT', scopeId: limitId, thresholds: ['30'] },
    });
    expect(made.ok).toBe(true);
    expect(await thresholds(limitId)).toEqual([]);
    for (let look = 0; look < 2; look++) {
      await fixture.db.transaction((manager) => watchOverdue(manager, '0'));
      expect(await thresholds(limitId)).toEqual(['30']);
    }
  });

  it('have only those windows looked at again that a changed rule holds for', async () => {
    await fixture.pool.query(
      `INSERT INTO teams (id, organization_id, name) VALUES ('team_a', 'org_default', 'Search')`,
    );
    await fixture.pool.query(`INSERT INTO organizations (id, name) VALUES ('org_other', 'Other')`);
    const limited: Record<string, string> = {};
    for (const [scope, scopeId] of [
      ['SERVER', undefined],
      ['ORGANIZATION', 'org_default'],
      ['TEAM', 'team_a'],
      ['ORGANIZATION', 'org_other'],
    ] as const) {
      const set = await fixture.limits.set(fixture.master, { scope, scopeId, unit: 'USD', amount: '1000' });
      if (!set.ok) throw new Error(JSON.stringify(set.error));
      limited[set.value.id] = scopeId ?? 'server';
    }
    for (const at of [{ teamId: 'team_a' }, { organizationId: 'org_other' }]) {
      const ask = anAsk(USD, {}, at);
      await fixture.ledger.reserve(ask);
      await fixture.ledger.settle(settledAt(ask.callId, USD));
    }
    const rules = new AlertRuleService(fixture.db);
    const seen: Record<string, string[]> = {};
    for (const [scope, scopeId] of [
      ['TEAM', 'team_a'],
      ['ORGANIZATION', 'org_default'],
      ['SERVER', 'server'],
    ] as const) {
      await fixture.pool.query(`UPDATE limit_windows SET alert_at = 500`);
      const made = await rules.create(fixture.master, { kind: 'SOFT_LIMIT', scope, scopeId });
      expect(made.ok).toBe(true);
      const { rows } = await fixture.pool.query<{ limit_id: string }>(
        `SELECT limit_id FROM limit_windows WHERE alert_at = 0 AND limit_id = ANY ($1)`,
        [Object.keys(limited)],
      );
      seen[scope] = rows.map((row) => limited[row.limit_id] ?? '').sort();
    }
    expect(seen).toEqual({
      TEAM: ['team_a'],
      ORGANIZATION: ['org_default', 'team_a'],
      SERVER: ['org_default', 'org_other', 'server', 'team_a'],
    });
    await fixture.pool.query(`UPDATE limits SET deleted_at = now() WHERE id = ANY ($1)`, [
      Object.keys(limited),
    ]);
  });
});
