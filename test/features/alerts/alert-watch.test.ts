import { AlertWatch } from '../../../src/alerts/alert-watch';
import { silentLog, type Log } from '../../../src/platform/logger';
import { anAsk, settledAt, startLedger, type LedgerFixture } from '../../support/ledger';

const USD = 1_000_000_000_000n;

interface Raised {
  readonly kind: string;
  readonly scope: string;
  readonly scope_id: string;
  readonly title: string;
  readonly message: string;
  readonly details: Record<string, unknown>;
  readonly window_start: Date | null;
  readonly window_end: Date | null;
}

describe('what is looked for from time to time', () => {
  let fixture: LedgerFixture;
  let watch: AlertWatch;
  let other: AlertWatch;
  const logged: object[] = [];

  beforeAll(async () => {
    fixture = await startLedger();
    const options = {
      db: fixture.db,
      hints: { publish: () => undefined },
      log: Object.assign(Object.create(silentLog) as Log, {
        warn: (about: object) => void logged.push(about),
      }),
      intervalMs: 60_000,
    };
    watch = new AlertWatch(options);
    other = new AlertWatch(options);
    await fixture.pool.query(
      `INSERT INTO teams (id, organization_id, name) VALUES ('team_a', 'org_default', 'Search')`,
    );
  });
  afterAll(() => fixture.close());
  beforeEach(() => at('2026-06-15T12:00:00Z'));
  afterEach(async () => {
    await fixture.pool.query(`DELETE FROM alert_outbox`);
    await fixture.pool.query(`DELETE FROM alerts`);
    await fixture.pool.query(`DELETE FROM alert_rules WHERE id NOT LIKE 'rule_default%'`);
    await fixture.pool.query(`DELETE FROM spend_rollups`);
  });

  async function at(instant: string): Promise<void> {
    await fixture.pool.query(`UPDATE ledger_state SET clock_offset = $1::timestamptz - clock_timestamp()`, [
      instant,
    ]);
  }

  /** A roll-up of spend, as calls in that quarter of an hour leave it. */
  async function spent(bucket: string, cost: string, more: Record<string, unknown> = {}): Promise<void> {
    const row = {
      ...{
        bucket,
        cost,
        organization_id: 'org_default',
        team_id: '',
        project_id: '',
        user_id: '',
        key_id: '',
      },
      ...{
        provider: 'openai',
        model: 'gpt-4o',
        endpoint: '/v1/chat/completions',
        requests: 1,
        failures: 0,
        unpriced: 0,
      },
      ...{
        input_tokens: 1,
        output_tokens: 1,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        reasoning_tokens: 0,
      },
      ...more,
    };
    await fixture.pool.query(
      `INSERT INTO spend_rollups SELECT * FROM jsonb_populate_record(NULL::spend_rollups, $1)`,
      [JSON.stringify(row)],
    );
  }

  async function rule(
    kind: string,
    scope: string,
    scopeId: string,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const row = { timezone: 'UTC', settings: {}, enabled: true, createdAt: '2026-01-01T00:00:00Z', ...more };
    await fixture.pool.query(
      `INSERT INTO alert_rules (id, scope, scope_id, kind, name, enabled, settings, timezone, cooldown_minutes, created_by, created_at)
       VALUES ('rule_' || md5(random()::text), $1, $2, $3, 'mine', $4, $5, $6, 0, 'test', $7)`,
      [scope, scopeId, kind, row.enabled, JSON.stringify(row.settings), row.timezone, row.createdAt],
    );
  }

  /** What is raised by two processes that look at the same time. */
  async function look(kind: string): Promise<Raised[]> {
    await Promise.all([watch.look(), other.look()]);
    const { rows } = await fixture.pool.query<Raised>(
      `SELECT a.* FROM alerts a JOIN alert_outbox o ON o.alert_id = a.id WHERE kind = $1 ORDER BY scope, scope_id, raised_at`,
      [kind],
    );
    return rows;
  }

  it('a limit that will be used up before its window ends, once a window', async () => {
    await at('2026-06-01T00:30:00Z');
    const set = await fixture.limits.set(fixture.master, {
      ...{ scope: 'CUSTOMER', scopeId: 'fast', unit: 'USD', amount: '30', duration: 'monthly' },
    });
    expect(set.ok).toBe(true);
    const ask = anAsk(10n * USD, {}, { customerId: 'fast' });
    await fixture.ledger.reserve(ask);
    await fixture.ledger.settle(settledAt(ask.callId, 10n * USD));
    expect(await look('PROJECTED_EXCEED')).toEqual([]);
    await at('2026-06-07T00:00:00Z');
    const [raised] = await look('PROJECTED_EXCEED');
    expect(raised).toMatchObject({
      title: 'The limit of customer fast will not last',
      details: {
        unit: 'USD',
        spent: '10',
        limit: '30',
        // The clock goes on while it is looked at, by milliseconds of a month.
        projected: expect.stringMatching(/^(?:50|49\.9999\d*)$/) as string,
        projectedAt: expect.stringMatching(/^2026-06-19T00:00:00/) as string,
      },
    });
    await at('2026-06-08T00:00:00Z');
    expect(await look('PROJECTED_EXCEED')).toHaveLength(1);
  });

  it('a key that is about to expire, once for each end that it is given', async () => {
    await fixture.pool.query(
      `INSERT INTO virtual_keys (id, organization_id, alias, display, expires_at, created_by)
       VALUES ('key_e', 'org_default', 'old', 'sk-…', '2026-06-20T00:00:00Z', 'test')`,
    );
    expect(await look('KEY_EXPIRING')).toMatchObject([
      {
        scope_id: 'key_e',
        title: 'key old is about to expire',
        details: { expiresAt: '2026-06-20T00:00:00.000Z' },
      },
    ]);
    expect(await look('KEY_EXPIRING')).toHaveLength(1);
    await fixture.pool.query(
      `UPDATE virtual_keys SET expires_at = '2026-06-21T00:00:00Z' WHERE id = 'key_e'`,
    );
    expect(await look('KEY_EXPIRING')).toHaveLength(2);
    await fixture.pool.query(`DELETE FROM virtual_keys WHERE id = 'key_e'`);
  });

  it('a model without a price, again when the cooldown is over, and not where a nearer rule is off', async () => {
    await spent('2026-06-15T11:00:00Z', '0', { model: 'mystery', unpriced: 3, requests: 3 });
    expect(await look('UNPRICED_MODEL')).toMatchObject([
      {
        scope_id: 'org_default',
        title: 'organization Default uses mystery, which has no price',
        details: { calls: '3' },
      },
    ]);
    await at('2026-06-16T11:00:00Z');
    await spent('2026-06-16T10:00:00Z', '0', { model: 'mystery', unpriced: 1 });
    expect(await look('UNPRICED_MODEL')).toHaveLength(1);
    await at('2026-06-16T13:00:00Z');
    expect(await look('UNPRICED_MODEL')).toHaveLength(2);
    await rule('UNPRICED_MODEL', 'ORGANIZATION', 'org_default', { enabled: false });
    await at('2026-06-17T09:00:00Z');
    await spent('2026-06-17T08:00:00Z', '0', { model: 'other', unpriced: 1 });
    expect(await look('UNPRICED_MODEL')).toHaveLength(2);
  });

  it('a model that is new in an organization, where a rule asks for that', async () => {
    await spent('2026-06-01T00:00:00Z', '1');
    await spent('2026-06-15T11:00:00Z', '1');
    await spent('2026-06-15T11:00:00Z', '2.5', { model: 'novel' });
    expect(await look('NEW_MODEL')).toEqual([]);
    await rule('NEW_MODEL', 'SERVER', 'server');
    expect(await look('NEW_MODEL')).toMatchObject([{ details: { model: 'novel', spent: '2.5' } }]);
    expect(await look('NEW_MODEL')).toHaveLength(1);
  });

  it('a provider that fails, from a number of calls on', async () => {
    await spent('2026-06-15T11:45:00Z', '0', { requests: 10, failures: 10 });
    expect(await look('PROVIDER_FAILING')).toEqual([]);
    await spent('2026-06-15T12:00:00Z', '0', { requests: 20, failures: 8 });
    expect(await look('PROVIDER_FAILING')).toMatchObject([
      { scope: 'PROVIDER', scope_id: 'openai', details: { percent: '60', calls: '30', failures: '18' } },
    ]);
  });

  it('a day that stands out from those before, for the team and its organization', async () => {
    for (const day of [11, 12, 13, 14])
      await spent(`2026-06-${day}T10:00:00Z`, day % 2 === 0 ? '9' : '11', { team_id: 'team_a' });
    await spent('2026-06-15T10:00:00Z', '14', { team_id: 'team_a' });
    expect(await look('SPEND_ANOMALY')).toEqual([]);
    await spent('2026-06-15T11:00:00Z', '3', { team_id: 'team_a' });
    expect(await look('SPEND_ANOMALY')).toMatchObject([
      { scope: 'ORGANIZATION', details: { spent: '17', mean: '10', usualUpTo: '15', day: '2026-06-15' } },
      { scope: 'TEAM', scope_id: 'team_a', title: 'team Search spends more than usual' },
    ]);
    expect(await look('SPEND_ANOMALY')).toHaveLength(2);
  });

  it.each([
    ['DAILY', '2026-03-29T22:30:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['WEEKLY', '2026-11-02T10:00:00Z', '2026-10-25T23:00:00.000Z', '2026-11-01T23:00:00.000Z'],
    ['MONTHLY', '2026-11-01T10:00:00Z', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ])('a %s report over the change of the clocks in Berlin, once', async (period, now, start, end) => {
    await at(now);
    await rule('SPEND_REPORT', 'ORGANIZATION', 'org_default', {
      timezone: 'Europe/Berlin',
      settings: { period },
    });
    await spent(start, '4', { team_id: 'team_a' });
    await spent(new Date(Date.parse(end) - 900_000).toISOString(), '0.25', { model: 'small' });
    await spent(end, '100');
    await spent(new Date(Date.parse(start) - 900_000).toISOString(), '3');
    const [report, ...more] = await look('SPEND_REPORT');
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      details: {
        ...{ period, spent: '4.25', before: '3', requests: '2' },
        byTeam: [
          { name: 'Search', cost: '4', requests: '1' },
          { name: 'none', cost: '0.25', requests: '1' },
        ],
        byModel: [
          { name: 'gpt-4o', cost: '4' },
          { name: 'small', cost: '0.25' },
        ],
      },
    });
    expect(report?.window_start?.toISOString()).toBe(start);
    expect(report?.window_end?.toISOString()).toBe(end);
    expect(report?.message).toContain('By team: Search 4 USD, none 0.25 USD.');
    expect(await look('SPEND_REPORT')).toHaveLength(1);
  });

  it('goes on when one rule cannot be looked after, and says so', async () => {
    await rule('SPEND_REPORT', 'SERVER', 'server', { timezone: 'Middle/Earth' });
    await rule('NEW_MODEL', 'SERVER', 'server');
    await spent('2026-06-01T00:00:00Z', '1');
    await spent('2026-06-15T11:00:00Z', '2.5', { model: 'novel' });
    expect(await look('NEW_MODEL')).toHaveLength(1);
    expect(logged[0]).toMatchObject({ kind: 'SPEND_REPORT' });
  });

  it('no report of a span that was over before its rule was made', async () => {
    await rule('SPEND_REPORT', 'SERVER', 'server', {
      createdAt: '2026-06-15T09:00:00Z',
      settings: { period: 'DAILY' },
    });
    await spent('2026-06-14T10:00:00Z', '4');
    expect(await look('SPEND_REPORT')).toEqual([]);
  });
});
