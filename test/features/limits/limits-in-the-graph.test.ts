import { graphql, type GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../../src/access/context';
import type { Principal } from '../../../src/access/principal';
import { visibilityOf } from '../../../src/access/visibility';
import { Container } from '../../../src/app/container';
import { buildGraphqlSchema } from '../../../src/app/schema';
import { isLimitVisible, readOwnedLimits } from '../../../src/limits/limit-events.repository';
import { LimitEntity } from '../../../src/limits/limit.entity';
import { LimitResolver } from '../../../src/limits/limit.resolver';
import { loadLimitWindow } from '../../../src/limits/limit.loader';
import { LimitService } from '../../../src/limits/limit.service';
import { LimitWindowEntity } from '../../../src/limits/limit-window.entity';
import { OrganizationLimitsResolver } from '../../../src/limits/organization-limits.resolver';
import { OrganizationEntity } from '../../../src/organizations/organization.entity';
import { OrganizationResolver } from '../../../src/organizations/organization.resolver';
import { OrganizationService } from '../../../src/organizations/organization.service';
import { systemClock } from '../../../src/platform/clock';
import { createDataSource } from '../../../src/platform/database/data-source';
import { LiveTopics } from '../../../src/platform/graphql/live-topics';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { silentHints } from '../../support/ledger';
import { countStatements } from '../../support/statements';

interface Payload {
  readonly limit: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] }[];
}

const SET = `mutation($input: SetLimitInput!) { setLimit(input: $input) {
  limit { id scope scopeId unit amount softAmount alertThresholds enforcement models
    windowSpec { period count alignment timezone } window { id startsAt endsAt spent reserved remaining } }
  userErrors { code field message } } }`;

describe('limits in the graph', () => {
  let database: TestDatabase;
  let db: DataSource;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    database = await createTestDatabase();
    const entities = [LimitEntity, LimitWindowEntity, OrganizationEntity];
    db = createDataSource({ url: database.url, ssl: false, poolSize: 4, entities, migrations: [] });
    await db.initialize();
    const limits = new LimitService(db, silentHints(), { timezone: 'UTC', startOfDayMinutes: 0 });
    const container = new Container([
      [OrganizationResolver, new OrganizationResolver(new OrganizationService(db, silentHints()))],
      [OrganizationLimitsResolver, new OrganizationLimitsResolver()],
      [LimitResolver, new LimitResolver(limits)],
    ]);
    const resolvers = [OrganizationResolver, OrganizationLimitsResolver, LimitResolver];
    schema = buildGraphqlSchema(resolvers, container, new LiveTopics({}));
    await db.query(`INSERT INTO organizations (id, name) VALUES ('org_a', 'A'), ('org_b', 'B')`);
    await db.query(`INSERT INTO users (id) VALUES ('user_1'), ('user_2')`);
    await db.query(
      `INSERT INTO teams (id, organization_id, name) VALUES ('team_x', 'org_a', 'X'), ('team_y', 'org_a', 'Y')`,
    );
    await db.query(
      `INSERT INTO projects (id, organization_id, team_id, name) VALUES ('proj_x', 'org_a', 'team_x', 'PX')`,
    );
    await db.query(
      `INSERT INTO virtual_keys (id, organization_id, team_id, user_id, display, created_by) VALUES
         ('key_x', 'org_a', 'team_x', 'user_1', 'sk-x', 'master'), ('key_y', 'org_a', 'team_y', 'user_2', 'sk-y', 'master'),
         ('key_b', 'org_b', NULL, NULL, 'sk-b', 'master')`,
    );
  });

  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  function contextOf(principal: Principal): RequestContext {
    return requestContext({ requestId: 'test', principal, db, clock: systemClock });
  }

  const MASTER: Principal = { kind: 'MASTER' };

  async function run(query: string, variableValues: Record<string, unknown> = {}, principal = MASTER) {
    return graphql({ schema, source: query, variableValues, contextValue: contextOf(principal) });
  }

  async function set(input: Record<string, unknown>, principal = MASTER): Promise<Payload> {
    const { data, errors } = await run(SET, { input }, principal);
    if (errors?.[0]) throw errors[0];
    return data?.['setLimit'] as Payload;
  }

  async function setId(input: Record<string, unknown>): Promise<string> {
    const { limit, userErrors } = await set({ unit: 'USD', amount: '1', ...input });
    if (!limit) throw new Error(JSON.stringify(userErrors));
    return limit.id;
  }

  function user(userId: string, more: Partial<Extract<Principal, { kind: 'USER' }>>): Principal {
    return {
      kind: 'USER',
      userId,
      role: 'MEMBER',
      organizationRoles: new Map(),
      teamRoles: new Map(),
      ...more,
    };
  }

  it('shows the terms as they were given, and a window that holds nothing yet', async () => {
    const { limit } = await set({
      scope: 'TAG',
      scopeId: 'blue',
      unit: 'USD',
      amount: '10.000000000001',
      softAmount: '7.5',
      duration: 'monthly',
      alertThresholds: ['80', '99.5'],
      models: ['demo-*'],
      enforcement: 'ADVISORY',
    });
    expect(limit).toEqual({
      id: expect.stringMatching(/^lim_/),
      scope: 'TAG',
      scopeId: 'blue',
      unit: 'USD',
      amount: '10.000000000001',
      softAmount: '7.5',
      alertThresholds: ['80', '99.5'],
      enforcement: 'ADVISORY',
      models: ['demo-*'],
      windowSpec: { period: 'MONTH', count: 1, alignment: 'CALENDAR', timezone: 'UTC' },
      window: {
        id: expect.stringMatching(/^win_/),
        startsAt: expect.stringMatching(/-01T00:00:00.000Z$/),
        endsAt: expect.stringMatching(/-01T00:00:00.000Z$/),
        spent: '0',
        reserved: '0',
        remaining: '10.000000000001',
      },
    });
  });

  it('takes a window written out, and says which of its fields is wrong', async () => {
    const window = { period: 'DAY', timezone: 'Europe/Berlin', startOfDayMinutes: 540 };
    const input = { scope: 'SERVER', unit: 'REQUESTS', amount: '5' };
    expect((await set({ ...input, window })).userErrors).toEqual([]);
    const wrong = await set({ ...input, window: { ...window, timezone: 'Mars' } });
    expect(wrong.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'window', 'timezone'] }]);
  });

  it('books to the window of a member of a team by team and user', async () => {
    await db.query(
      `INSERT INTO team_members (id, organization_id, team_id, user_id, role)
       VALUES ('mem_1', 'org_a', 'team_x', 'user_1', 'MEMBER')`,
    );
    const { limit } = await set({
      scope: 'TEAM_MEMBER',
      scopeId: 'team_x',
      memberId: 'user_1',
      unit: 'USD',
      amount: '1',
    });
    expect(limit).toMatchObject({ scope: 'TEAM_MEMBER', scopeId: 'team_x/user_1' });
  });

  it('refuses what does not belong to the scope, so that a limit never holds others than was meant', async () => {
    const dollar = { unit: 'USD', amount: '1' };
    const cases = [
      [{ scope: 'SERVER', scopeId: 'key_x' }, 'INVALID', 'scopeId'],
      [{ scope: 'TEAM', scopeId: 'team_x', memberId: 'user_1' }, 'INVALID', 'memberId'],
      [{ scope: 'TEAM_MEMBER', scopeId: 'team_x' }, 'REQUIRED', 'memberId'],
      [{ scope: 'KEY' }, 'REQUIRED', 'scopeId'],
      [{ scope: 'KEY', scopeId: 'key_x', models: [''] }, 'INVALID', 'models'],
    ] as const;
    for (const [place, code, field] of cases) {
      const { limit, userErrors } = await set({ ...dollar, ...place });
      expect(limit).toBeNull();
      expect(userErrors).toMatchObject([{ code, field: ['input', field] }]);
    }
    expect(await db.manager.countBy(LimitEntity, { scope: 'SERVER', unit: 'USD' })).toBe(0);
  });

  it('lets nobody raise a limit that holds themselves, and names the role that may', async () => {
    const admin = user('user_1', { organizationRoles: new Map([['org_a', 'ADMIN']]) });
    const input = { scope: 'ORGANIZATION', scopeId: 'org_a', unit: 'USD', amount: '99' };
    await expect(set(input, admin)).rejects.toThrow(/server administrator/);
    expect((await set({ ...input, scope: 'TEAM', scopeId: 'team_x' }, admin)).userErrors).toEqual([]);
  });

  it('answers for a foreign thing as for one that is absent', async () => {
    const foreign = user('user_9', { organizationRoles: new Map([['org_b', 'ADMIN']]) });
    const errorOf = async (scopeId: string) =>
      (await set({ scope: 'TEAM', scopeId, unit: 'USD', amount: '1' }, foreign)).userErrors;
    const [secret] = await errorOf('team_x');
    expect(secret).toMatchObject({ code: 'NOT_FOUND', field: ['input', 'scopeId'] });
    expect(await errorOf('team_absent')).toMatchObject([
      { ...secret, message: expect.stringContaining('team_absent') },
    ]);
  });

  it('changes and deletes a limit', async () => {
    const id = await setId({ scope: 'TAG', scopeId: 'changing' });
    const changed = await run(
      `mutation($input: UpdateLimitInput!) { updateLimit(input: $input) { limit { amount } userErrors { code } } }`,
      { input: { limitId: id, amount: '2' } },
    );
    expect(changed.data?.['updateLimit']).toEqual({ limit: { amount: '2' }, userErrors: [] });
    const remove =
      'mutation($id: ID!) { deleteLimit(input: { limitId: $id }) { deletedLimitId userErrors { code field } } }';
    expect((await run(remove, { id })).data?.['deleteLimit']).toEqual({ deletedLimitId: id, userErrors: [] });
    expect((await run('query($id: ID!) { limit(id: $id) { id } }', { id })).data).toEqual({ limit: null });
    const again = await run(remove, { id });
    expect(again.data?.['deleteLimit']).toEqual({
      deletedLimitId: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'limitId'] }],
    });
  });

  it('finds a window again by its id, also one that has ended or that no call has needed', async () => {
    const id = await setId({ scope: 'TAG', scopeId: 'windows', duration: '1d' });
    await db.query(
      `INSERT INTO limit_windows (limit_id, unit, starts_at, ends_at, spent)
       VALUES ($1, 'USD', '2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z', 0.25)`,
      [id],
    );
    const { data } = await run(
      'query($id: ID!) { limit(id: $id) { window { id } windows(first: 5) { nodes { id spent remaining startsAt } } } }',
      { id },
    );
    const limit = data?.['limit'] as {
      window: { id: string };
      windows: { nodes: { id: string; spent: string }[] };
    };
    expect(limit.windows.nodes).toHaveLength(2);
    expect(limit.windows.nodes.at(-1)).toMatchObject({ spent: '0.25', remaining: '0.75' });
    for (const windowId of [limit.window.id, ...limit.windows.nodes.map((node) => node.id)]) {
      expect(await loadLimitWindow(contextOf(MASTER), windowId)).toMatchObject({ id: windowId });
    }
    expect(await loadLimitWindow(contextOf(MASTER), `${limit.window.id}0`)).toBeNull();
    const foreign = contextOf(user('user_9', { organizationRoles: new Map([['org_b', 'ADMIN']]) }));
    expect(await loadLimitWindow(foreign, limit.window.id)).toBeNull();
  });

  it('asks as many statements for the limits of fifty organizations as for those of one', async () => {
    await db.query(
      `INSERT INTO organizations (id, name) SELECT 'org_many_' || n, 'Many' FROM generate_series(1, 60) n`,
    );
    await db.query(
      `INSERT INTO limits (id, scope, scope_id, organization_id, unit, amount, period, period_count, alignment, version, created_by)
       SELECT 'lim_many_' || n, 'ORGANIZATION', 'org_many_' || n, 'org_many_' || n, 'USD', n, 'MONTH', 1, 'CALENDAR', 0, 'master'
         FROM generate_series(1, 60) n`,
    );
    await setId({ scope: 'ORGANIZATION', scopeId: 'org_default' });
    const query = `query($first: Int) { organizations(first: $first) { nodes { name
      limits(first: 3) { nodes { amount window { remaining } windows(first: 2) { nodes { spent } } } } } } }`;
    const counts: number[] = [];
    for (const first of [1, 50]) {
      const statements = countStatements(db);
      const { errors } = await run(query, { first });
      expect(errors).toBeUndefined();
      counts.push(statements.stop().length);
    }
    expect(counts[1]).toBeLessThanOrEqual(4);
    expect(counts[0]).toBe(counts[1]);
  });

  it('delivers a limit to exactly those whom a query shows it', async () => {
    const ids = [
      await setId({ scope: 'SERVER' }),
      await setId({ scope: 'ORGANIZATION', scopeId: 'org_a' }),
      await setId({ scope: 'TEAM', scopeId: 'team_x', duration: '1d' }),
      await setId({ scope: 'PROJECT', scopeId: 'proj_x' }),
      await setId({ scope: 'USER', scopeId: 'user_1' }),
      await setId({ scope: 'KEY', scopeId: 'key_x' }),
      await setId({ scope: 'KEY', scopeId: 'key_y' }),
      await setId({ scope: 'KEY', scopeId: 'key_b' }),
      await setId({ scope: 'CUSTOMER', scopeId: 'customer', organizationId: 'org_b' }),
    ];
    const key = {
      kind: 'KEY',
      organizationId: 'org_a',
      teamId: 'team_x',
      projectId: 'proj_x',
      userId: 'user_1',
    } as const;
    const principals: Principal[] = [
      MASTER,
      user('user_1', { role: 'VIEWER' }),
      user('user_1', { organizationRoles: new Map([['org_a', 'MEMBER']]) }),
      user('user_2', { organizationRoles: new Map([['org_a', 'VIEWER']]) }),
      user('user_2', { teamRoles: new Map([['team_x', { organizationId: 'org_a', role: 'ADMIN' }]]) }),
      user('user_1', { teamRoles: new Map([['team_y', { organizationId: 'org_a', role: 'MEMBER' }]]) }),
      user('user_9', { organizationRoles: new Map([['org_b', 'ADMIN']]) }),
      { ...key, keyId: 'key_x' },
      { kind: 'ANONYMOUS' },
    ];
    const owned = await readOwnedLimits(db.manager, ids);
    const limits = new LimitService(db, silentHints(), { timezone: 'UTC', startOfDayMinutes: 0 });
    for (const principal of principals) {
      const delivered = ids.filter((id) => {
        const limit = owned.get(id);
        return limit !== undefined && isLimitVisible(limit, visibilityOf(principal));
      });
      const shown: string[] = [];
      if (principal.kind !== 'ANONYMOUS') {
        for (const id of ids) if (await limits.find(contextOf(principal), id)) shown.push(id);
      }
      expect({ principal, delivered }).toEqual({ principal, delivered: shown });
    }
  });
});
