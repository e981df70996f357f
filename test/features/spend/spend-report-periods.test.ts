import type { EntityManager } from 'typeorm';
import type { MemberRole, Principal } from '../../../src/access/principal';
import { visibilityOf } from '../../../src/access/visibility';
import { SPEND_BUCKET_DOCS, type SpendBucket } from '../../../src/domain/spend/report-words';
import { formatMoney } from '../../../src/domain/money/decimal-text';
import { SpendReportService, type SpendReportAsk } from '../../../src/spend/spend-report.service';
import { sumSpendGroups, type SpendReportQuery } from '../../../src/spend/spend-report.repository';
import { startFeatureTest, userPrincipal, type FeatureTest } from '../../support/feature';
import { Random } from '../../support/random';

const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
  ...['America/St_Johns', 'Pacific/Apia', 'Pacific/Chatham', 'Africa/Casablanca', 'America/Santiago'],
];
const BUCKETS = Object.keys(SPEND_BUCKET_DOCS) as SpendBucket[];
const UNITS: Readonly<Record<SpendBucket, string>> = {
  HOUR: 'hour',
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
};
const QUARTER_MS = 900_000;
const YEAR_FROM_MS = Date.UTC(2026, 0, 1);
const QUARTERS = 370 * 96;
const ROWS = 1_500;

const random = Random.fromEnvironment();
const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;

const member = (
  organizations: Record<string, MemberRole>,
  teams: Record<string, MemberRole> = {},
): Principal =>
  userPrincipal('user_1', {
    organizations,
    teams: Object.fromEntries(
      Object.entries(teams).map(([id, role]) => [id, { organizationId: 'org_a', role }]),
    ),
  });

/** Who asks, and in SQL of its own what they see. */
const CALLERS: readonly [string, Principal, string][] = [
  ['the master key', { kind: 'MASTER' }, 'TRUE'],
  ['a server viewer', { ...userPrincipal('user_9'), role: 'VIEWER' }, 'TRUE'],
  [
    'an administrator of an organization',
    member({ org_a: 'ADMIN' }),
    `organization_id = 'org_a' OR user_id = 'user_1'`,
  ],
  [
    'a viewer of an organization',
    member({ org_b: 'VIEWER' }),
    `organization_id = 'org_b' OR user_id = 'user_1'`,
  ],
  [
    'an administrator of a team',
    member({ org_a: 'MEMBER' }, { team_x: 'ADMIN' }),
    `team_id = 'team_x' OR user_id = 'user_1'`,
  ],
  ['a plain member', member({ org_a: 'MEMBER' }, { team_x: 'MEMBER' }), `user_id = 'user_1'`],
  [
    'a key',
    {
      kind: 'KEY',
      keyId: 'key_2',
      organizationId: 'org_a',
      teamId: 'team_x',
      projectId: null,
      userId: 'user_2',
    },
    `key_id = 'key_2'`,
  ],
  ['a member of something else', userPrincipal('user_9', { organizations: { org_z: 'ADMIN' } }), 'FALSE'],
];

describe(`a report of a year of spend (TEST_SEED=${random.seed})`, () => {
  let test: FeatureTest;
  let manager: EntityManager;

  beforeAll(async () => {
    test = await startFeatureTest();
    manager = test.db.manager;
    await insertCalls(manager);
  });

  afterAll(async () => {
    await test.close();
  });

  it.each(ZONES)(
    'has in %s the buckets that the log has, each summed to the last digit',
    async (timezone) => {
      for (const bucket of BUCKETS) {
        const ask = { ...randomRange(), timezone, bucket };
        const { groups, total } = await sumSpendGroups(manager, visibilityOf({ kind: 'MASTER' }), ask);
        const whole = await ofLog(manager, `'all'`, 'TRUE', ask);
        expect([formatMoney(total.cost), total.requests]).toEqual(whole.get('all') ?? ['0', 0n]);
        expect(groups.reduce((sum, each) => sum + each.cost, 0n)).toBe(total.cost);
        // The half hour by which Lord Howe's clocks change fits no hour; its sums are compared, its hours are not.
        if (bucket === 'HOUR' && timezone === 'Australia/Lord_Howe') continue;
        const start = `(extract(epoch FROM date_trunc('${UNITS[bucket]}', admitted_at, '${timezone}')) * 1000)::bigint::text`;
        const found = groups.map((each) => [
          String(each.period?.startsAtMs),
          [formatMoney(each.cost), each.requests],
        ]);
        expect(new Map(found as [string, [string, bigint]][])).toEqual(
          await ofLog(manager, start, 'TRUE', ask),
        );
      }
    },
  );

  it.each(CALLERS)('has for %s what they see and nothing else', async (_name, principal, seen) => {
    const ask = { ...randomRange(), groupBy: ['ORGANIZATION', 'TEAM', 'USER', 'KEY', 'MODEL'] as const };
    const { groups, total } = await sumSpendGroups(manager, visibilityOf(principal), ask);
    const found = groups.map((each): [string, [string, bigint]] => [
      each.values.map(([, value]) => value).join('|'),
      [formatMoney(each.cost), each.requests],
    ]);
    const label = `concat_ws('|', organization_id, team_id, user_id, key_id, model)`;
    expect(new Map(found)).toEqual(await ofLog(manager, label, seen, ask));
    expect([formatMoney(total.cost), total.requests]).toEqual(
      (await ofLog(manager, `'all'`, seen, ask)).get('all') ?? ['0', 0n],
    );
  });

  it('lists its groups in the order that is asked for, and sums up those that it does not list', async () => {
    const visibility = visibilityOf({ kind: 'MASTER' });
    const ask = { ...randomRange(), groupBy: ['KEY'] as const, bucket: 'MONTH' as const };
    const all = await sumSpendGroups(manager, visibility, ask);
    const tokens = (each: { inputTokens: bigint; outputTokens: bigint }): bigint =>
      each.inputTokens + each.outputTokens;
    const isSorted = (values: readonly (bigint | number)[]): boolean =>
      values.every((value, n) => n === 0 || (values[n - 1] ?? value) <= value);
    const inOrder = async (order: NonNullable<SpendReportQuery['order']>) =>
      (await sumSpendGroups(manager, visibility, { ...ask, order })).groups;
    expect(isSorted((await inOrder('TIME_ASC')).map((each) => each.period?.startsAtMs ?? -1))).toBe(true);
    expect(isSorted((await inOrder('TIME_DESC')).map((each) => -(each.period?.startsAtMs ?? -1)))).toBe(true);
    expect(isSorted((await inOrder('COST_ASC')).map((each) => each.cost))).toBe(true);
    expect(isSorted((await inOrder('COST_DESC')).map((each) => -each.cost))).toBe(true);
    expect(isSorted((await inOrder('REQUESTS_DESC')).map((each) => -each.requests))).toBe(true);
    expect(isSorted((await inOrder('TOKENS_DESC')).map((each) => -tokens(each)))).toBe(true);
    const keyNumber = (each: { values: readonly (readonly [string, string])[] }): number =>
      Number(each.values[0]?.[1].slice('key_'.length));
    expect(isSorted((await inOrder('VALUES_ASC')).map(keyNumber))).toBe(true);
    const top = await sumSpendGroups(manager, visibility, { ...ask, order: 'COST_DESC', first: 2 });
    expect(top).toMatchObject({ total: all.total, groupCount: all.groups.length });
    expect(top.groups).toEqual((await inOrder('COST_DESC')).slice(0, 2));
  });

  it.each<[string, Partial<SpendReportAsk>, string]>([
    ['a range that ends before it begins', { to: new Date('2025-12-31T00:00:00Z') }, 'to'],
    ['401 days of hours', { to: new Date('2027-02-06T00:00:00Z'), bucket: 'HOUR' }, 'to'],
    ['eleven years', { to: new Date('2037-01-01T00:00:00Z') }, 'to'],
    ['a range of another century', { from: new Date('1999-12-31T00:00:00Z') }, 'from'],
    ['an instant inside a quarter of an hour', { from: new Date('2026-01-01T00:01:00Z') }, 'from'],
    ['an unknown zone', { timezone: 'Mars/Olympus' }, 'timezone'],
    ['no groups at all', { first: 0 }, 'first'],
    ['a filter of 1,001 keys', { filter: { KEY: Array.from({ length: 1_001 }, String) } }, 'filter'],
  ])('refuses %s, and names the field', async (_name, wrong, field) => {
    const right = { from: new Date(YEAR_FROM_MS), to: new Date('2026-02-01T00:00:00Z'), timezone: null };
    const ask = { groupBy: [], bucket: null, filter: {}, first: 10, ...right, ...wrong };
    const service = new SpendReportService(test.db, 'Europe/Berlin');
    await expect(service.report(test.master, ask)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: [field],
    });
  });

  it("has the days of the server's zone when it names none", async () => {
    const service = new SpendReportService(test.db, 'Asia/Kathmandu');
    const ask = { ...randomRange(), timezone: null, bucket: 'DAY' as const };
    const { groups } = await service.report(test.master, ask);
    const starts = groups.map((each) => new Date(each.period?.startsAtMs ?? 0).toISOString().slice(11));
    expect(new Set(starts)).toEqual(new Set(['18:15:00.000Z']));
  });
});

/** At least ten months, so that every zone changes its clocks in it if it does at all. */
function randomRange(): SpendReportQuery {
  const from = new Date(YEAR_FROM_MS + random.below(30 * 96) * QUARTER_MS);
  const to = new Date(YEAR_FROM_MS + (QUARTERS - random.below(30 * 96)) * QUARTER_MS);
  return { from, to, timezone: 'UTC', groupBy: [], bucket: null, filter: {}, first: 5_000 };
}

/** Calls at random instants, half of them around changes of clocks. */
async function insertCalls(manager: EntityManager): Promise<void> {
  const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
  const calls = Array.from({ length: ROWS }, (_, n) => {
    const nearMs = Date.parse(`${pick(changes)}T00:00:00Z`) + (random.below(192) - 96) * QUARTER_MS;
    const atMs = n % 2 === 0 ? nearMs : YEAR_FROM_MS + random.below(QUARTERS) * QUARTER_MS;
    return {
      id: `spend_${n}`,
      at: new Date(atMs + random.below(QUARTER_MS)).toISOString(),
      cost: random.below(10) === 0 ? null : formatMoney(BigInt(random.below(2 ** 32)) * 7n),
      organization: pick(['org_a', 'org_b']),
      team: pick(['team_x', 'team_y', '']),
      user: pick(['user_1', 'user_2', '']),
      key: pick(['key_1', 'key_2', 'key_3']),
      model: pick(['one', 'two']),
      tokens: random.below(1_000),
    };
  });
  await manager.query(
    `INSERT INTO spend_logs (id, kind, call_id, admitted_at, booked_at, status, cost, pricing_status, hold, requests,
       usage_source, input_tokens, output_tokens, organization_id, team_id, user_id, key_id, model, model_names, provider)
     SELECT id, 'CALL', id, at, at, 'SUCCESS', cost, 'PRICED', 1, 1, 'PROVIDER', tokens, 2 * tokens, organization, team,
            "user", key, model, ARRAY[model], 'demo'
       FROM json_to_recordset($1) AS call(id text, at timestamptz, cost numeric, organization text, team text,
            "user" text, key text, model text, tokens bigint)`,
    [JSON.stringify(calls)],
  );
  await manager.query(
    `INSERT INTO spend_rollups
     SELECT date_bin('15 minutes', admitted_at, '2000-01-01T00:00:00Z'), organization_id, team_id, project_id, user_id,
            key_id, provider, model, endpoint, sum(coalesce(cost, 0)), sum(requests), 0,
            count(*) FILTER (WHERE cost IS NULL), sum(input_tokens), sum(output_tokens), 0, 0, 0
       FROM spend_logs GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
  );
}

/** The same sums from the log, by SQL that shares nothing with the report. */
async function ofLog(
  manager: EntityManager,
  label: string,
  seen: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Map<string, [string, bigint]>> {
  const rows: { label: string; cost: string; requests: string }[] = await manager.query(
    `SELECT ${label} AS label, trim_scale(sum(coalesce(cost, 0)))::text AS cost, sum(requests)::text AS requests
       FROM spend_logs WHERE admitted_at >= $1 AND admitted_at < $2 AND (${seen}) GROUP BY 1`,
    [from, to],
  );
  return new Map(rows.map((row) => [row.label, [row.cost, BigInt(row.requests)]]));
}
