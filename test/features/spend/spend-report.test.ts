import type { DataSource } from 'typeorm';
import { visibilityOf } from '../../../src/access/visibility';
import { createDataSource } from '../../../src/platform/database/data-source';
import { sumSpendGroups, type SpendReportQuery } from '../../../src/spend/spend-report.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const BUCKETS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
const MASTER = visibilityOf({ kind: 'MASTER' });

/** The weeks around the end of summer time in Europe, in the Americas and its begin in Australia. */
const RANGE = { from: new Date('2026-09-25T03:15:00Z'), to: new Date('2026-11-06T21:45:00Z') };
const REPORT: SpendReportQuery = {
  ...RANGE,
  timezone: 'UTC',
  groupBy: [],
  bucket: null,
  filter: {},
  first: 5_000,
};

describe('a spend report', () => {
  let database: TestDatabase;
  let db: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDataSource({ url: database.url, ssl: false, poolSize: 2, entities: [], migrations: [] });
    await db.initialize();
    await db.query(
      `INSERT INTO spend_rollups SELECT '2026-09-20Z'::timestamptz + n * interval '15 minutes', 'org_' || n % 3,
         'team_' || n % 7, '', '', 'key_' || n % 11, 'openai', 'model_' || n % 5, 'chat', 0.000000000001 * n * n, n % 4,
         n % 2, 0, n, 2 * n, 0, 0, 0
       FROM generate_series(0, 5000) n`,
    );
  });

  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  it.each(ZONES)('has buckets in %s that make up the range, to the last digit', async (timezone) => {
    const [whole] = (await sumSpendGroups(db.manager, MASTER, REPORT)).groups;
    for (const bucket of BUCKETS) {
      const { groups, total, groupCount } = await sumSpendGroups(db.manager, MASTER, {
        ...REPORT,
        timezone,
        bucket,
      });
      expect(groupCount).toBe(groups.length);
      expect(total.cost).toBe(whole?.cost);
      expect(groups.reduce((sum, each) => sum + each.cost, 0n)).toBe(whole?.cost);
      expect(groups.reduce((sum, each) => sum + each.requests, 0n)).toBe(whole?.requests);
    }
  });

  it('has days from midnight to midnight where clocks change and where zones end on a quarter', async () => {
    const startOf = async (timezone: string, from: string): Promise<(string | null)[]> => {
      const range = { from: new Date(from), to: new Date('2026-10-27T00:00:00Z') };
      const found = await sumSpendGroups(db.manager, MASTER, {
        ...REPORT,
        ...range,
        timezone,
        bucket: 'DAY',
      });
      return found.groups.map((each) => each.period && new Date(each.period.startsAtMs).toISOString());
    };
    expect(await startOf('Europe/Berlin', '2026-10-24T22:00:00Z')).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
    expect(await startOf('Asia/Kathmandu', '2026-10-25T18:15:00Z')).toEqual([
      '2026-10-25T18:15:00.000Z',
      '2026-10-26T18:15:00.000Z',
    ]);
  });

  it('shows an administrator of an organization that organization alone', async () => {
    const admin = visibilityOf({
      kind: 'USER',
      userId: 'user_1',
      role: 'MEMBER',
      organizationRoles: new Map([['org_1', 'ADMIN']]),
      teamRoles: new Map(),
    });
    const { groups } = await sumSpendGroups(db.manager, admin, { ...REPORT, groupBy: ['ORGANIZATION'] });
    expect(groups.map((each) => each.values)).toEqual([[['ORGANIZATION', 'org_1']]]);
    const foreign = { ...REPORT, groupBy: ['TEAM'] as const, filter: { ORGANIZATION: ['org_2'] } };
    expect(await sumSpendGroups(db.manager, admin, foreign)).toMatchObject({
      groups: [],
      total: { cost: 0n, requests: 0n },
      groupCount: 0,
    });
  });

  it('keeps the total of all groups when it shows the most expensive alone', async () => {
    const all = await sumSpendGroups(db.manager, MASTER, { ...REPORT, groupBy: ['KEY', 'MODEL'] });
    const top = await sumSpendGroups(db.manager, MASTER, { ...REPORT, groupBy: ['KEY', 'MODEL'], first: 3 });
    expect(all.groups).toHaveLength(55);
    expect(top).toEqual({ ...all, groups: all.groups.slice(0, 3) });
  });
});
