import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { startApp, type TestApp } from '../support/app';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client';
import { makeTenants, ROLES, type Tenants } from '../support/tenants';
import { PRIVATE_RECEIVERS } from './alert-operations';
import type { Attempt } from './operation';
import { LIMIT_OPERATIONS, OPERATIONS } from './operations';
import { ROLE_MATRIX, SERVICE_ACCOUNT_DIFFERS, SUBSCRIPTIONS } from './role-matrix';

describe('who may do what', () => {
  let app: TestApp;
  let tenants: Tenants;

  let before: number;

  beforeAll(async () => {
    app = await startApp({ environment: PRIVATE_RECEIVERS });
    before = await changesPastTheServer();
    tenants = await makeTenants(app);
  });

  async function changesPastTheServer(): Promise<number> {
    const { rowCount } = await app.pool.query(`SELECT FROM audit_entries WHERE actor_kind = 'DATABASE'`);
    return rowCount ?? 0;
  }

  afterAll(async () => {
    await app.close();
  });

  it('is written down for every field of the three roots', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const fields = roots.flatMap((root) => Object.keys(root?.getFields() ?? {})).sort();
    expect(Object.keys(OPERATIONS).sort()).toEqual(fields);
    expect(Object.keys({ ...OPERATIONS, ...LIMIT_OPERATIONS }).sort()).toEqual(
      Object.keys(ROLE_MATRIX).sort(),
    );
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual(SUBSCRIPTIONS);
  });

  it.each(Object.entries({ ...OPERATIONS, ...LIMIT_OPERATIONS }))('%s', async (name, operation) => {
    const attempts = await Promise.all(
      ROLES.map(async (role) => ({ role, attempt: await operation(app, tenants) })),
    );
    const outcomes = await Promise.all(
      attempts.map(async ({ role, attempt }) => outcome(attempt, await run(tenants.clients[role], attempt))),
    );
    expect({ [name]: outcomes.join('') }).toEqual({ [name]: ROLE_MATRIX[name] });
    const attempt = await operation(app, tenants);
    const byAccount = outcome(attempt, await run(tenants.serviceAccount, attempt));
    const asUser = ROLE_MATRIX[name]?.[ROLES.indexOf('teamAdmin')];
    expect({ [name]: byAccount }).toEqual({ [name]: SERVICE_ACCOUNT_DIFFERS[name] ?? asUser });
  });

  it('leaves an entry in the audit log for every mutation, with who asked for it', async () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const { rows } = await app.pool.query<{ action: string }>(
      `SELECT DISTINCT action FROM audit_entries WHERE request_id IS NOT NULL AND address IS NOT NULL
          AND (actor_kind = 'MASTER' OR actor_kind = 'USER' AND actor_id IS NOT NULL)`,
    );
    // What it books is in the log with the calls' ids: test/features/pricing/rerating.test.ts.
    const silent = mutations.filter((name) => !rows.some(({ action }) => action === name));
    expect(silent).toEqual(['rerateSpend']);
    expect(await changesPastTheServer()).toBe(before);
  });

  it('tells a stranger of an id in another tenant what it tells of one that does not exist', async () => {
    const ids = Object.values<string>({ ...tenants.own });
    const absentIds = new Map(ids.map((id) => [id, `${id.slice(0, -3)}zzz`]));
    for (const [name, operation] of Object.entries({ ...OPERATIONS, ...LIMIT_OPERATIONS })) {
      const attempt = await operation(app, tenants);
      const [foreign, absent] = await Promise.all([
        run(tenants.clients.stranger, attempt),
        run(tenants.clients.stranger, replaceIds(attempt, absentIds)),
      ]);
      let text = told(foreign);
      for (const [id, absentId] of absentIds) text = text.replaceAll(id, absentId);
      expect({ [name]: withoutFresh(text) }).toEqual({ [name]: withoutFresh(told(absent)) });
    }
  });
});

function run(client: GraphqlClient, attempt: Attempt): Promise<GraphqlAnswer<Record<string, unknown>>> {
  return client.raw(attempt.query, attempt.variables);
}

/** Y: done or seen. 0: absent, as far as the caller can tell. F: forbidden. U: not signed in. E: anything else. */
function outcome(attempt: Attempt, answer: GraphqlAnswer<Record<string, unknown>>): string {
  const code = answer.errors?.[0]?.extensions?.['code'];
  if (code === 'FORBIDDEN') return 'F';
  if (code === 'UNAUTHENTICATED') return 'U';
  if (answer.errors) return 'E';
  const [value] = Object.values(answer.data ?? {});
  return done(attempt, value);
}

function done(attempt: Attempt, value: unknown): 'Y' | '0' | 'E' {
  if (value === null || value === undefined) return '0';
  if (Array.isArray(value)) return value.every((each) => each === null) ? '0' : 'Y';
  const { userErrors, nodes } = value as { userErrors?: { code: string }[]; nodes?: { id: string }[] };
  if (userErrors) return userErrors.length === 0 ? 'Y' : userErrors[0]?.code === 'NOT_FOUND' ? '0' : 'E';
  if (nodes && attempt.contains !== undefined)
    return nodes.some(({ id }) => id === attempt.contains) ? 'Y' : '0';
  return 'Y';
}

function replaceIds(attempt: Attempt, ids: ReadonlyMap<string, string>): Attempt {
  let text = JSON.stringify(attempt);
  for (const [id, other] of ids) text = text.replaceAll(id, other);
  return JSON.parse(text) as Attempt;
}

function told(answer: GraphqlAnswer<unknown>): string {
  return JSON.stringify(answer).replace(/"requestId":"[^"]*"/g, '');
}

/** What differs between two tries by itself: names and ids that were made for one of them. */
function withoutFresh(text: string): string {
  return text.replace(/fresh-\d+|[a-z]+_[0-9a-z]{20,}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');
}
