import { LITELLM_ROUTES } from '../../../src/litellm/http/route-table';
import { MASTER_KEY, startApp, type TestApp } from '../../support/app';
import { QUESTIONS } from './questions';

interface Entry {
  readonly id: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly onBehalfOf: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly organization: { readonly id: string } | null;
  readonly actorUser: { readonly id: string } | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly requestId: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: string;
}

const ENTRY = `id actorKind actorId onBehalfOf action subjectType subjectId organization { id } actorUser { id } before after
  requestId address userAgent createdAt`;

describe('the audit log', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(async () => {
    await app.close();
  });

  async function entries(filter: Record<string, unknown> = {}, client = app.master): Promise<Entry[]> {
    const data = await client.ask<{ auditLog: { nodes: Entry[] } }>(
      `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 100) { nodes { ${ENTRY} } } }`,
      { filter },
    );
    return data.auditLog.nodes;
  }

  async function make(mutation: string, object: string, input: Record<string, unknown>): Promise<string> {
    const Input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const made = await app.master.do<Record<string, { id: string }>>(
      mutation,
      Input,
      input,
      `${object} { id }`,
    );
    return made[object]?.id ?? '';
  }

  async function tokenOf(userId: string): Promise<string> {
    const input = { userId, name: 'test' };
    return (
      await app.master.do<{ secret: string }>('createAccessToken', 'CreateAccessTokenInput', input, 'secret')
    ).secret;
  }

  async function post(path: string, body: object, headers: Record<string, string> = {}, id = '') {
    const route = LITELLM_ROUTES.find((each) => each.path === path && each.method !== 'GET');
    const response = await fetch(`${app.url}${path.replace(':model_id', id)}`, {
      method: route?.method ?? 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  it('tells who changed what, from what to what, and whence', async () => {
    const organizationId = await make('createOrganization', 'organization', { name: 'Acme' });
    const userId = await make('createUser', 'user', { name: 'Ada' });
    const membership = { organizationId, userId, role: 'ADMIN' };
    await make('addOrganizationMember', 'member', membership);
    const ada = app.as(await tokenOf(userId));
    const teamId = await make('createTeam', 'team', { name: 'Search', organizationId });
    const limitId = await make('setLimit', 'limit', {
      ...{ scope: 'TEAM', scopeId: teamId, unit: 'USD', amount: '0.100000000001' },
    });
    await ada.do('updateTeam', 'UpdateTeamInput', { teamId, name: 'Find' }, 'team { id }');
    await ada.do('updateLimit', 'UpdateLimitInput', { limitId, amount: '12.50' }, 'limit { id }');

    const [renamed, made] = await entries({ subjectId: teamId });
    expect(renamed).toMatchObject({
      ...{ actorKind: 'USER', actorId: userId, actorUser: { id: userId }, action: 'updateTeam' },
      ...{ subjectType: 'Team', subjectId: teamId, organization: { id: organizationId } },
      ...{ before: { name: 'Search' }, after: { name: 'Find' }, onBehalfOf: null },
    });
    // Exactly the changed fields.
    expect(Object.keys(renamed?.after ?? {})).toEqual(['name']);
    expect(renamed?.requestId).toMatch(/./);
    expect(renamed?.address).toBe('127.0.0.1');
    expect(renamed?.userAgent).toBe('node');
    expect(made).toMatchObject({ actorKind: 'MASTER', actorId: null, before: null, action: 'createTeam' });
    expect(made?.after).toMatchObject({ organizationId, name: 'Search', blocked: false });

    const [cut, set] = await entries({ subjectId: limitId });
    expect(cut).toMatchObject({ before: { amount: '0.100000000001' }, after: { amount: '12.5' } });
    expect(set).toMatchObject({ subjectType: 'Limit', organization: { id: organizationId } });
    const mine = await entries({ actorId: userId, actions: ['updateTeam', 'updateLimit'] });
    expect(mine.map(({ action }) => action)).toEqual(['updateLimit', 'updateTeam']);
    const since = mine.at(-1)?.createdAt;
    expect(await entries({ organizationId, to: since, actions: ['updateLimit'] })).toEqual([]);
    expect(await entries({ organizationId, from: since, actions: ['updateTeam'] })).toHaveLength(1);
  });

  it('keeps no secret, no hash, and nothing that a name in the metadata calls a secret', async () => {
    const planted = 'canary-5f2b';
    const userId = await make('createUser', 'user', { name: 'Bob', email: 'bob@example.com' });
    const password = `${planted}-password-long`;
    await make('setPassword', 'user', { userId, password });
    const credentialId = await make('createCredential', 'credential', {
      ...{ name: 'c', provider: 'openai', secret: planted },
    });
    await make('updateCredential', 'credential', { credentialId, secret: `${planted}-2` });
    const made = await app.master.createKey({
      metadata: { logging: [{ langfuse_secret_key: planted, host: 'shown' }], api_key: planted, tokens: 3 },
    });
    const token = await tokenOf(userId);
    await app.master.raw(
      `mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }`,
      { input: { username: 'bob@example.com', password } },
    );

    const { rows } = await app.pool.query<{ entry: string }>(
      `SELECT to_jsonb(e)::text AS entry FROM audit_entries e`,
    );
    const text = rows.map(({ entry }) => entry).join('\n');
    for (const secret of [planted, made.secret, token]) expect(text).not.toContain(secret);
    const hashes = await app.pool.query<{ hash: string }>(
      `SELECT encode(hash, 'hex') AS hash FROM virtual_key_secrets UNION SELECT encode(hash, 'hex') FROM access_tokens
        UNION SELECT hash FROM user_passwords UNION SELECT encode(ciphertext, 'hex') FROM credentials`,
    );
    for (const { hash } of hashes.rows) expect(text).not.toContain(hash);
    const [changed] = await entries({ subjectId: credentialId });
    expect(changed).toMatchObject({
      before: { ciphertext: '[hidden]' },
      after: { ciphertext: '[hidden]' },
    });
    const ofKey = await entries({ subjectId: made.key.id });
    expect(ofKey.find(({ after }) => after?.['metadata'] !== undefined)?.after?.['metadata']).toEqual({
      ...{ logging: [{ langfuse_secret_key: '[hidden]', host: 'shown' }], api_key: '[hidden]', tokens: 3 },
    });
    // Whoever signs in is the one who did it.
    const [signedIn] = await entries({ actions: ['signIn'] });
    expect(signedIn).toMatchObject({ actorKind: 'MASTER', subjectType: 'AccessToken' });
    const answer = await app.as('').raw('{ auditLog { nodes { id } } }');
    expect(answer.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('names whoever signs in with a password as the one who did it', async () => {
    const userId = await make('createUser', 'user', { email: 'eve@example.com' });
    await make('setPassword', 'user', { userId, password: 'a long enough password' });
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { signIn(input: { username: "eve@example.com", password: "a long enough password" }) {
          userErrors { message } } }`,
      }),
    });
    expect(response.status).toBe(200);
    expect(await entries({ actorId: userId })).toMatchObject([
      { actorKind: 'USER', action: 'signIn', subjectType: 'AccessToken' },
    ]);
  });

  it('has an entry for every LiteLLM command, under its path, with whom the caller acts for', async () => {
    const key = await post('/key/generate', {});
    const team = (await post('/team/new', { team_alias: 'a team' }))['team_id'];
    const organization = (await post('/organization/new', { organization_alias: 'an organization' }))[
      'organization_id'
    ];
    const user = (await post('/user/new', { user_role: 'internal_user' }))['user_id'];
    const member = { team_id: team, user_id: user };
    const service = await post('/key/service-account/generate', { team_id: team, max_budget: 5 });
    expect(service).toMatchObject({ team_id: team, user_id: null, max_budget: 5 });
    // Neither without a team nor for a user.
    await expect(post('/key/service-account/generate', {})).rejects.toThrow('team_id');
    const forUser = post('/key/service-account/generate', { team_id: team, user_id: user });
    await expect(forUser).rejects.toThrow('/key/generate');
    const bodies: [path: string, body: object][] = [
      ['/key/update', { key: key['key'], key_alias: 'renamed' }],
      ['/key/block', { key: key['key'] }],
      ['/key/unblock', { key: key['key'] }],
      ['/key/regenerate', { key: key['key'] }],
      ['/key/bulk_update', { keys: [{ key: key['token'], max_budget: 1 }] }],
      ['/key/delete', { key_aliases: ['renamed'] }],
      ['/budget/new', { budget_id: 'a budget', max_budget: 1 }],
      ['/budget/update', { budget_id: 'a budget', max_budget: 2 }],
      ['/budget/delete', { id: 'a budget' }],
      ['/tag/new', { name: 'a tag', max_budget: 1 }],
      ['/tag/update', { name: 'a tag', max_budget: 2 }],
      ['/tag/delete', { name: 'a tag' }],
      ['/project/new', { project_id: 'a project', team_id: team }],
      ['/project/update', { project_id: 'a project', project_alias: 'renamed' }],
      ['/project/delete', { project_ids: ['a project'] }],
      ['/team/update', { team_id: team, team_alias: 'another', models: ['a'] }],
      ['/team/block', { team_id: team }],
      ['/team/unblock', { team_id: team }],
      ['/team/member_add', { team_id: team, member: { role: 'user', user_id: user } }],
      ['/team/member_update', { ...member, role: 'admin', max_budget_in_team: 1 }],
      [`/team/${String(team)}/member/${String(user)}/reset_spend`, { reset_to: 0 }],
      ['/team/member_delete', member],
      ['/team/bulk_member_add', { team_id: team, members: [{ role: 'user', user_id: user }] }],
      ['/team/model/add', { team_id: team, models: ['b'] }],
      ['/team/model/delete', { team_id: team, models: ['b'] }],
      ['/team/delete', { team_ids: [team] }],
      ['/user/bulk_update', { users: [{ user_id: user, max_budget: 1 }] }],
      ['/user/update', { user_id: user, user_alias: 'somebody' }],
      [
        '/organization/member_add',
        { organization_id: organization, member: { role: 'org_admin', user_id: user } },
      ],
      [
        '/organization/member_update',
        { organization_id: organization, user_id: user, role: 'internal_user' },
      ],
      ['/organization/member_delete', { organization_id: organization, user_id: user }],
      ['/organization/update', { organization_id: organization, organization_alias: 'other' }],
      ['/organization/delete', { organization_ids: [organization] }],
      ['/user/delete', { user_ids: [user] }],
    ];
    for (const at of ['/customer', '/end_user']) {
      const id = `someone${at}`;
      bodies.push([`${at}/new`, { user_id: id }], [`${at}/update`, { user_id: id, alias: 'b' }]);
      for (const action of ['block', 'unblock', 'delete'])
        bodies.push([`${at}/${action}`, { user_ids: [id] }]);
    }
    const params = { model: 'openai/gpt-4o', api_key: 'sk-upstream-secret' };
    const deployment = await post('/model/new', { model_name: 'a model', litellm_params: params });
    const id = String(deployment['model_id']);
    bodies.push(
      ['/model/update', { model_info: { id }, litellm_params: { rpm: 1 } }],
      ['/model/delete', { id }],
      ['/config/cost_discount_config', { openai: 0.1 }],
      ['/config/cost_margin_config', { openai: 0.1 }],
    );
    const budgeted = await post('/key/generate', { max_budget: 5 });
    const call = { model: 'demo', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 5 };
    await post('/v1/chat/completions', call, { authorization: `Bearer ${String(budgeted['key'])}` });
    await app.settled();
    bodies.push(
      ['/global/spend/reset', {}],
      ['/config/block_requests_for_models_without_pricing', { enabled: true }],
    );
    await post('/model/:model_id/update', { litellm_params: { rpm: 2 } }, {}, id);
    const second = await post('/key/generate', { max_budget: 1 });
    await post(`/key/${String(second['token'])}/regenerate`, {});
    await post(`/key/${String(second['token'])}/reset_spend`, { reset_to: 0 });
    for (const [path, body] of bodies) await post(path, body, { 'litellm-changed-by': 'a portal' });

    const { rows } = await app.pool.query<{ action: string }>(
      `SELECT DISTINCT action FROM audit_entries WHERE action LIKE '/%' AND actor_kind = 'MASTER'`,
    );
    const recorded = new Set(rows.map(({ action }) => action));
    const commands = LITELLM_ROUTES.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    const silent = commands.filter((path) => !QUESTIONS.has(path) && !recorded.has(path));
    expect(silent).toEqual([]);
    expect(await entries({ actions: ['/key/update'] })).toMatchObject([
      { onBehalfOf: 'a portal', before: { alias: null }, after: { alias: 'renamed' } },
    ]);
  });

  it('is written with the change, or not at all', async () => {
    const teamId = await make('createTeam', 'team', { name: 'kept' });
    await app.pool.query(`
      CREATE FUNCTION refuse_teams() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
      CREATE CONSTRAINT TRIGGER refuse_teams AFTER UPDATE ON teams DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse_teams()`);
    const answer = await app.master.raw(
      `mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { userErrors { message } } }`,
      { input: { teamId, name: 'lost' } },
    );
    await app.pool.query(`DROP FUNCTION refuse_teams() CASCADE`);
    expect(answer.errors).toHaveLength(1);
    expect((await entries({ subjectId: teamId })).map(({ action }) => action)).toEqual(['createTeam']);
  });

  it('refuses to be changed, also by the role that owns it, and shows what was done past the server', async () => {
    for (const statement of [
      `UPDATE audit_entries SET actor_kind = 'MASTER'`,
      `DELETE FROM audit_entries`,
      `TRUNCATE audit_entries`,
    ]) {
      await expect(app.pool.query(statement)).rejects.toThrow(/append-only|refuse|cannot/i);
    }
    const teamId = await make('createTeam', 'team', { name: 'by hand' });
    await app.pool.query(`UPDATE teams SET name = 'on the database' WHERE id = $1`, [teamId]);
    const [entry] = await entries({ subjectId: teamId });
    expect(entry).toMatchObject({
      ...{ actorKind: 'DATABASE', action: 'sql', requestId: null },
      ...{ before: { name: 'by hand' }, after: { name: 'on the database' } },
    });
    expect(entry?.actorId).toMatch(/./);
  });

  it('watches every table but those that no decision is written to', async () => {
    const { rows } = await app.pool.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
          AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                           WHERE t.tgrelid = c.oid AND p.proname = 'audit_row')
        ORDER BY 1`,
    );
    // A new table is either audited, as migrations/1764000500000-create-audit-log.ts shows, or its reason stands here.
    expect(rows.map(({ name }) => name)).toEqual([
      // What is sent, made from alerts by the server.
      ...['alert_deliveries', 'alert_messages', 'alert_outbox'],
      'audit_entries',
      // What keys have at a provider; its spend row tells a batch.
      'batches',
      // Beside the rows that they are about.
      'idempotency_keys',
      // The ledger's own.
      ...['journalled_calls', 'ledger_owners', 'ledger_state', 'limit_excesses', 'limit_windows'],
      'migrations',
      // Told by the import's own entry.
      'price_import_changes',
      // Files of batches.
      'provider_files',
      ...['reservations', 'spend_archive', 'spend_rollups', 'spend_totals'],
    ]);
  });
});
