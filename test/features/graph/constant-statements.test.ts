import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql, type GraphQLSchema } from 'graphql';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { requestContext } from '../../../src/access/context';
import type { MemberRole, Principal, ServerRole } from '../../../src/access/principal';
import { entities } from '../../../src/app/entities';
import { liveTopics, resolverContainer } from '../../../src/app/resolver-container';
import { resolvers } from '../../../src/app/resolvers';
import { buildGraphqlSchema } from '../../../src/app/schema';
import { createServices } from '../../../src/app/services';
import { systemClock } from '../../../src/platform/clock';
import { loadConfig } from '../../../src/platform/config';
import { createDataSource } from '../../../src/platform/database/data-source';
import { silentLog } from '../../../src/platform/logger';
import { TokenizerPool } from '../../../src/platform/tokenizer/tokenizer-pool';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { silentHints } from '../../support/ledger';
import { countStatements } from '../../support/statements';

const NO_JOURNAL = { waiting: [], underWay: 0, bytes: 0, maxBytes: 0 };
const TOTALS = 'spend { cost requests }';
const LIMITS =
  'limits(first: 3) { nodes { amount organization { name } window { remaining } windows(first: 2) { nodes { spent } } } }';

/** Pages of which each item has edges, totals and lists of its own. */
const PAGES: readonly [string, string][] = [
  [
    'keys',
    `query($first: Int) { keys(first: $first) { nodes { alias ${TOTALS} ${LIMITS} team { name organization { name } }
       organization { name } owner { email } project { name } } } }`,
  ],
  [
    'teams',
    `query($first: Int) { teams(first: $first) { nodes { name ${TOTALS} ${LIMITS} organization { name ${TOTALS} }
       keys(first: 2) { nodes { alias ${TOTALS} } } memberKeyPolicy { enabled } projects(first: 2) { nodes { name ${TOTALS} } }
       members(first: 2) { nodes { role user { email ${TOTALS} } } } } } }`,
  ],
  [
    'service accounts',
    `query($first: Int) { serviceAccounts(first: $first) { nodes { name organization { name } team { name
       serviceAccounts(first: 2) { nodes { name } } } accessTokens(first: 2) { nodes { name serviceAccount { name } } }
       keys(first: 2) { nodes { alias serviceAccount { name } ${TOTALS} } } } } }`,
  ],
  [
    'spend',
    `query($first: Int) { spendLogs(first: $first) { nodes { cost key { alias ${TOTALS} } team { name } project { name }
       user { email } organization { name } } } }`,
  ],
  [
    'alert channels',
    `query($first: Int) { alertChannels(first: $first) { nodes { name team { name } organization { name }
       deliveries(first: 2) { nodes { state channel { name } alert { title deliveries(first: 2) { nodes { state } } } } } } } }`,
  ],
];

/** Somebody in each role who sees sixty keys, as far as possible each of another team, organization and owner. */
const KEY_VIEWERS: readonly [string, Principal][] = [
  ['the master key', { kind: 'MASTER' }],
  ['a server viewer', user({ role: 'VIEWER' })],
  ['an organization admin', user({ organizations: 'ADMIN' })],
  ['an organization viewer', user({ organizations: 'VIEWER' })],
  ['a team admin', user({ teams: 'ADMIN' })],
  ['a team viewer', user({ teams: 'VIEWER' })],
  ['a plain member with sixty keys of their own', user({ teams: 'MEMBER' })],
];

function user(roles: { role?: ServerRole; organizations?: MemberRole; teams?: MemberRole }): Principal {
  const { role = 'MEMBER', organizations, teams } = roles;
  const ids = Array.from({ length: 60 }, (_, index) => index + 1);
  return {
    kind: 'USER',
    userId: 'user_member',
    role,
    organizationRoles: new Map(organizations ? ids.map((n) => [`org_${n}`, organizations]) : []),
    teamRoles: new Map(
      teams ? ids.map((n) => [`team_${n}`, { organizationId: `org_${n}`, role: teams }]) : [],
    ),
  };
}

describe('a page of fifty', () => {
  let database: TestDatabase;
  let db: DataSource;
  let pool: Pool;
  let folder: string;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-test-'));
    db = createDataSource({ url: database.url, ssl: false, poolSize: 4, entities, migrations: [] });
    await db.initialize();
    pool = new Pool({ connectionString: database.url, max: 2 });
    const config = loadConfig({
      NODE_ENV: 'test',
      SPENDGRAPH_DATA_DIR: folder,
      SPENDGRAPH_MASTER_KEY: 'sk-test-master-0123456789abcdef',
      SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
    });
    const listener = {
      on: () => () => undefined,
      onReconnect: () => () => undefined,
      ready: async () => undefined,
      close: async () => undefined,
    };
    const parts = { db, pool, listener, address: database.url };
    const services = createServices({
      config,
      database: parts,
      hints: silentHints(),
      clock: systemClock,
      log: silentLog,
      tokenizer: new TokenizerPool(),
    });
    schema = buildGraphqlSchema(
      resolvers,
      resolverContainer(services, NO_JOURNAL, { explain: () => Promise.resolve(null) }),
      liveTopics(services),
    );
    await fill(db);
  });

  afterAll(async () => {
    await pool.end();
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(
    source: string,
    first: number,
    principal: Principal = { kind: 'MASTER' },
  ): Promise<{ statements: number; nodes: number }> {
    const contextValue = requestContext({ requestId: 'test', principal, db, clock: systemClock });
    const statements = countStatements(db);
    const { data, errors } = await graphql({ schema, source, variableValues: { first }, contextValue });
    const count = statements.stop().length;
    expect(errors).toBeUndefined();
    const [list] = Object.values(data ?? {}) as { nodes: unknown[] }[];
    return { statements: count, nodes: list?.nodes.length ?? 0 };
  }

  it.each(PAGES)('of %s costs as many statements as a page of two', async (_what, source) => {
    const two = await ask(source, 2);
    const fifty = await ask(source, 50);
    expect(fifty.nodes).toBe(50);
    expect(two.nodes).toBe(2);
    expect(fifty.statements).toBe(two.statements);
    expect(fifty.statements).toBeLessThanOrEqual(20);
  });

  it.each(KEY_VIEWERS)('of keys costs %s as many statements as a page of five', async (_who, principal) => {
    const [, source] = PAGES[0] ?? ['', ''];
    const five = await ask(source, 5, principal);
    const fifty = await ask(source, 50, principal);
    expect([five.nodes, fifty.nodes]).toEqual([5, 50]);
    expect(fifty.statements).toBe(five.statements);
  });
});

/** Sixty of everything, each with one of everything that belongs to it. */
async function fill(db: DataSource): Promise<void> {
  const sixty = 'FROM generate_series(1, 60) n';
  await db.query(`INSERT INTO organizations (id, name) SELECT 'org_' || n, 'O' || n ${sixty}`);
  await db.query(`INSERT INTO users (id, email) SELECT 'user_' || n, n || '@example.org' ${sixty}`);
  await db.query(
    `INSERT INTO teams (id, organization_id, name) SELECT 'team_' || n, 'org_' || n, 'T' || n ${sixty}`,
  );
  await db.query(
    `INSERT INTO projects (id, organization_id, team_id, name) SELECT 'proj_' || n, 'org_' || n, 'team_' || n, 'P' || n ${sixty}`,
  );
  await db.query(
    `INSERT INTO team_members (id, organization_id, team_id, user_id, role)
     SELECT 'mem_' || n, 'org_' || n, 'team_' || n, 'user_' || n, 'MEMBER' ${sixty}`,
  );
  await db.query(
    `INSERT INTO virtual_keys (id, organization_id, team_id, project_id, user_id, alias, display, created_by)
     SELECT 'key_' || n, 'org_' || n, 'team_' || n, 'proj_' || n, 'user_' || n, 'k' || n, 'sk-', 'master' ${sixty}`,
  );
  await db.query(
    `INSERT INTO service_accounts (id, organization_id, team_id, name, role, created_by)
     SELECT 'svc_' || n, 'org_' || n, 'team_' || n, 'S' || n, 'MEMBER', 'master' ${sixty}`,
  );
  await db.query(
    `INSERT INTO access_tokens (id, service_account_id, organization_id, team_id, name, hash, display)
     SELECT 'tok_' || n, 'svc_' || n, 'org_' || n, 'team_' || n, 'T' || n, n::text::bytea, 'sgt_' ${sixty}`,
  );
  await db.query(
    `INSERT INTO virtual_keys (id, organization_id, team_id, service_account_id, alias, display, created_by)
     SELECT 'key_svc_' || n, 'org_' || n, 'team_' || n, 'svc_' || n, 's' || n, 'sk-', 'master' ${sixty}`,
  );
  await db.query(`INSERT INTO users (id, email) VALUES ('user_member', 'member@example.org')`);
  await db.query(
    `INSERT INTO virtual_keys (id, organization_id, team_id, user_id, alias, display, created_by)
     SELECT 'key_own_' || n, 'org_' || n, 'team_' || n, 'user_member', 'own' || n, 'sk-', 'master' ${sixty}`,
  );
  for (const [scope, prefix] of [
    ['KEY', 'key'],
    ['TEAM', 'team'],
  ]) {
    await db.query(
      `INSERT INTO limits (id, scope, scope_id, organization_id, unit, amount, period, period_count, alignment, version, created_by)
       SELECT 'lim_${prefix}_' || n, '${scope}', '${prefix}_' || n, 'org_' || n, 'USD', n, 'MONTH', 1, 'CALENDAR', 0, 'master' ${sixty}`,
    );
  }
  await db.query(
    `INSERT INTO limit_windows (limit_id, unit, starts_at, ends_at, spent)
     SELECT 'lim_key_' || n, 'USD', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', n ${sixty}`,
  );
  await db.query(
    `INSERT INTO alert_channels (id, organization_id, team_id, name, type, created_by)
     SELECT 'chan_' || n, 'org_' || n, 'team_' || n, 'C' || n, 'SLACK', 'master' ${sixty}`,
  );
  await db.query(
    `INSERT INTO alert_messages (id, channel_id, state, tries_left, next_attempt_at, created_at)
     SELECT 'msg_' || n, 'chan_' || n, 'DELIVERED', 0, now(), now() ${sixty}`,
  );
  await db.query(
    `INSERT INTO alerts (id, rule_id, kind, severity, scope, scope_id, organization_id, subject, title, message, dedupe_key,
       raised_at)
     SELECT 'alert_' || n, 'rule_default_threshold', 'THRESHOLD', 'INFO', 'TEAM', 'team_' || n, 'org_' || n, 's', 't', 'm',
       'd' || n, now() ${sixty}`,
  );
  await db.query(
    `INSERT INTO alert_deliveries (id, alert_id, channel_id, message_id, created_at)
     SELECT 'dlv_' || n, 'alert_' || n, 'chan_' || n, 'msg_' || n, now() ${sixty}`,
  );
  await db.query(
    `INSERT INTO spend_logs (id, kind, admitted_at, booked_at, status, cost, pricing_status, hold, requests, usage,
       usage_source, organization_id, team_id, project_id, user_id, key_id)
     SELECT 'spend_' || n, 'CALL', now(), now(), 'SUCCESS', 1, 'PRICED', 1, 1, '{}', 'PROVIDER', 'org_' || n,
       'team_' || n, 'proj_' || n, 'user_' || n, 'key_' || n ${sixty}`,
  );
}
