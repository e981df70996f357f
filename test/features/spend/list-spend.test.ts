import type { DataSource } from 'typeorm';
import { requestContext } from '../../../src/access/context';
import type { MemberRole, Principal } from '../../../src/access/principal';
import { visibilityOf } from '../../../src/access/visibility';
import { systemClock } from '../../../src/platform/clock';
import { createDataSource } from '../../../src/platform/database/data-source';
import { ReservationEntity } from '../../../src/spend/reservation.entity';
import { SpendLogEntity } from '../../../src/spend/spend-log.entity';
import type { SpendLogFilter } from '../../../src/spend/spend-log-filter.repository';
import type { SpendLogListOrder } from '../../../src/spend/spend-log-list.repository';
import { isSpendVisible, readSpendLogs } from '../../../src/spend/spend-log.repository';
import { SpendService } from '../../../src/spend/spend.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { insertSpend, type SpendRow } from '../../support/spend-rows';

/** Thirty calls, a minute apart, of two tenants, several teams, users and keys, written in another order. */
const ROWS: readonly SpendRow[] = Array.from({ length: 30 }, (_, n) => ({
  id: `spend_${String(n).padStart(2, '0')}`,
  callId: `call_${n}`,
  admittedAt: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString(),
  organizationId: n % 3 === 0 ? 'org_b' : 'org_a',
  teamId: ['team_x', 'team_y', ''][n % 5] ?? '',
  userId: ['user_1', 'user_2'][n % 4] ?? '',
  keyId: ['key_1', 'key_2', 'key_3'][n % 7] ?? '',
  model: n % 2 === 0 ? 'even' : 'odd',
  tags: n % 10 === 0 ? ['tenth'] : [],
}));

function member(
  organizations: [string, MemberRole][],
  teams: [string, string, MemberRole][] = [],
): Principal {
  return {
    kind: 'USER',
    userId: 'user_1',
    role: 'MEMBER',
    organizationRoles: new Map(organizations),
    teamRoles: new Map(teams.map(([id, organizationId, role]) => [id, { organizationId, role }])),
  };
}

const PRINCIPALS: readonly [string, Principal][] = [
  ['the master key', { kind: 'MASTER' }],
  ['an administrator of one organization', member([['org_a', 'ADMIN']])],
  [
    'a viewer of one organization and of a team of another',
    member([['org_b', 'VIEWER']], [['team_x', 'org_a', 'VIEWER']]),
  ],
  ['a plain member, who sees the own spend', member([['org_a', 'MEMBER']], [['team_x', 'org_a', 'MEMBER']])],
  [
    'an administrator of two teams',
    member(
      [],
      [
        ['team_x', 'org_a', 'ADMIN'],
        ['team_y', 'org_a', 'ADMIN'],
      ],
    ),
  ],
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
  ],
];

describe('the list of spend', () => {
  let database: TestDatabase;
  let db: DataSource;
  let spend: SpendService;

  beforeAll(async () => {
    database = await createTestDatabase();
    const entities = [SpendLogEntity, ReservationEntity];
    db = createDataSource({ url: database.url, ssl: false, poolSize: 4, entities, migrations: [] });
    await db.initialize();
    spend = new SpendService(db);
    await insertSpend(db, [...ROWS].reverse());
  });

  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  function contextOf(principal: Principal) {
    return requestContext({ requestId: 'test', principal, db, clock: systemClock });
  }

  /** Every page of a list, forward, seven rows each. */
  async function all(
    principal: Principal,
    order: SpendLogListOrder,
    filter: SpendLogFilter = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await spend.list(contextOf(principal), { filter, order, page: { first: 7, after } });
      ids.push(...page.rows.map((row) => row.id));
      const last = page.rows.at(-1);
      if (!page.hasNextPage || !last) return ids;
      after = page.cursorOf(last);
    }
  }

  it.each(PRINCIPALS)('shows %s what is theirs, once each, in both directions', async (_who, principal) => {
    const rows = await readSpendLogs(
      db.manager,
      ROWS.map((row) => row.id),
    );
    const visible = rows
      .filter((row) => isSpendVisible(row, visibilityOf(principal)))
      .map((row) => row.id)
      .sort();
    expect(visible.length).toBeGreaterThan(0);
    expect(await all(principal, 'ADMITTED_AT_ASC')).toEqual(visible);
    expect(await all(principal, 'ADMITTED_AT_DESC')).toEqual([...visible].reverse());
    expect(await all(principal, 'BOOKED_ASC')).toEqual([...visible].reverse());
    const last = await spend.list(contextOf(principal), {
      filter: {},
      order: 'ADMITTED_AT_ASC',
      page: { last: 3 },
    });
    expect(last.rows.map((row) => row.id)).toEqual(visible.slice(-3));
    const found = await Promise.all(ROWS.map((row) => spend.find(contextOf(principal), row.id)));
    expect(found.flatMap((row) => row?.id ?? [])).toEqual(visible);
  });

  it.each<[string, SpendLogFilter, (row: SpendRow) => boolean]>([
    ['organization', { organizationId: 'org_b' }, (row) => row.organizationId === 'org_b'],
    [
      'team and model',
      { teamId: 'team_x', model: 'odd' },
      (row) => row.teamId === 'team_x' && row.model === 'odd',
    ],
    ['tag', { tag: 'tenth' }, (row) => row.tags?.includes('tenth') ?? false],
    ['call', { callId: 'call_7' }, (row) => row.callId === 'call_7'],
    [
      'time, from inclusive and to exclusive',
      { from: new Date('2026-11-01T00:05:00Z'), to: new Date('2026-11-01T00:08:00Z') },
      (row) => ['spend_05', 'spend_06', 'spend_07'].includes(row.id),
    ],
    ['what nobody has', { customerId: 'nobody' }, () => false],
  ])('filters by %s', async (_by, filter, matches) => {
    const expected = ROWS.filter(matches).map((row) => row.id);
    expect(await all({ kind: 'MASTER' }, 'ADMITTED_AT_ASC', filter)).toEqual(expected);
  });

  it('refuses nobody in particular, and a cursor of another order', async () => {
    const list = { filter: {}, order: 'ADMITTED_AT_ASC', page: { first: 2 } } as const;
    await expect(spend.list(contextOf({ kind: 'ANONYMOUS' }), list)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const page = await spend.list(contextOf({ kind: 'MASTER' }), list);
    const after = page.cursorOf(page.rows[0] as SpendLogEntity);
    await expect(
      spend.list(contextOf({ kind: 'MASTER' }), { ...list, order: 'BOOKED_ASC', page: { after } }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: ['after'] });
  });

  it('reads a page from the end of an index, for a caller who sees few rows of many', async () => {
    await db.query(
      `INSERT INTO spend_logs (id, kind, admitted_at, booked_at, status, cost, pricing_status, hold, requests, usage,
         usage_source, organization_id)
       SELECT 'spend_bulk_' || n, 'CALL', '2026-11-02T00:00:00Z'::timestamptz + n * interval '1 second', now(), 'SUCCESS',
         1, 'PRICED', 1, 1, '{}', 'PROVIDER', 'org_c' FROM generate_series(1, 20000) n`,
    );
    await db.query('ANALYZE spend_logs');
    const statements: string[] = [];
    const query = db.manager.query.bind(db.manager);
    const spy = jest.spyOn(db.manager, 'query').mockImplementation(async (text, parameters) => {
      const plan = await query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN (ANALYZE, TIMING OFF) ${text}`,
        parameters,
      );
      statements.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
      return query<unknown>(text, parameters);
    });
    const [, viewer] = PRINCIPALS[2] as [string, Principal];
    await spend.list(contextOf(viewer), { filter: {}, order: 'ADMITTED_AT_DESC', page: { first: 20 } });
    spy.mockRestore();
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/Index (Only )?Scan|Bitmap/);
    expect(statements[0]).not.toMatch(/Seq Scan on spend_logs_2026_11/);
    expect(statements[0]).not.toMatch(/Rows Removed by Filter: \d{3,}/);
  });
});
