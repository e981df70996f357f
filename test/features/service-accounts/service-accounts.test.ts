import { startApp, type TestApp } from '../../support/app';
import type { GraphqlClient } from '../../support/graphql-client';
import { makeTenants, type Tenants } from '../../support/tenants';

interface UserError {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

describe('service accounts', () => {
  let app: TestApp;
  let tenants: Tenants;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
  });

  afterAll(() => app.close());

  async function makeAccount(
    input: Record<string, unknown>,
    client = app.master,
  ): Promise<{ id: string; token: string; client: GraphqlClient }> {
    const { serviceAccount } = await client.do<{ serviceAccount: { id: string } }>(
      'createServiceAccount',
      'CreateServiceAccountInput',
      input,
      'serviceAccount { id }',
    );
    const { secret } = await client.do<{ secret: string }>(
      'createServiceAccountToken',
      'CreateServiceAccountTokenInput',
      { serviceAccountId: serviceAccount.id, name: 'pipeline' },
      'secret',
    );
    return { id: serviceAccount.id, token: secret, client: app.as(secret) };
  }

  /** The mutation `name` of a service account. */
  async function change(name: 'block' | 'unblock' | 'delete', id: string): Promise<void> {
    const Name = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const input = { serviceAccountId: id };
    await app.master.do(`${name}ServiceAccount`, `${Name}ServiceAccountInput`, input, '__typename');
  }

  async function refusal(name: string, input: object, client = app.master): Promise<UserError | undefined> {
    const Name = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${Name}!) { ${name}(input: $input) { userErrors { code field message } } }`;
    const data = await client.ask<Record<string, { userErrors: UserError[] }>>(query, { input });
    return data[name]?.userErrors[0];
  }

  async function call(secret: string): Promise<number> {
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello' }] }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  const VIEWER =
    '{ viewer { kind user { id } serviceAccount { id name role team { id } organization { id } } } }';

  it('are made by whoever administers their place, sign in by tokens, and are named by what they do', async () => {
    const { own, clients } = tenants;
    const input = { teamId: own.teamId, name: 'Deployer', role: 'ADMIN', description: 'Makes keys' };
    const { id, client } = await makeAccount(input, clients.teamAdmin);
    expect(await client.ask(VIEWER)).toEqual({
      viewer: {
        kind: 'SERVICE_ACCOUNT',
        user: null,
        serviceAccount: {
          ...{ id, name: 'Deployer', role: 'ADMIN' },
          team: { id: own.teamId },
          organization: { id: own.organizationId },
        },
      },
    });
    const made = await client.createKey({ teamId: own.teamId, alias: 'made-by-account' });
    const entries = await clients.orgAdmin.ask<{ auditLog: { nodes: unknown[] } }>(
      `query ($id: ID!) { auditLog(filter: { actorKind: SERVICE_ACCOUNT, subjectId: $id, actions: ["createKey"] }) {
         nodes { actorId actorUser { id } actorServiceAccount { name } } } }`,
      { id: made.key.id },
    );
    const entry = { actorId: id, actorUser: null, actorServiceAccount: { name: 'Deployer' } };
    // The key, and its secret.
    expect(entries.auditLog.nodes).toEqual([entry, entry]);
    const tokens = await clients.orgAdmin.ask<{ auditLog: { nodes: { after: { name: string } }[] } }>(
      `{ auditLog(filter: { actions: ["createServiceAccountToken"] }) { nodes { after } } }`,
    );
    expect(tokens.auditLog.nodes[0]?.after.name).toBe('pipeline');
    // Its own tokens are its to make; those of others are not.
    expect(await refusal('createServiceAccountToken', { name: 'second' }, client)).toBeUndefined();
    const query =
      '{ viewer { serviceAccount { accessTokens { nodes { name serviceAccount { id } user { id } } } } } }';
    expect(await client.ask(query)).toMatchObject({
      viewer: {
        serviceAccount: {
          accessTokens: {
            nodes: [
              { name: 'second', serviceAccount: { id }, user: null },
              { name: 'pipeline', serviceAccount: { id }, user: null },
            ],
          },
        },
      },
    });
  });

  it('own keys, which they see with their spend as plain members, and nothing else', async () => {
    const { own } = tenants;
    const { id, client } = await makeAccount({ teamId: own.teamId, name: 'Reader', role: 'MEMBER' });
    const seen = async (): Promise<unknown> =>
      client.ask(
        '{ keys { nodes { id serviceAccount { name } owner { id } } } spendLogs { nodes { cost } } }',
      );
    expect(await seen()).toEqual({ keys: { nodes: [] }, spendLogs: { nodes: [] } });
    const made = await app.master.createKey({ teamId: own.teamId, serviceAccountId: id });
    expect(await call(made.secret)).toBe(200);
    await app.settled();
    expect(await seen()).toEqual({
      keys: { nodes: [{ id: made.key.id, serviceAccount: { name: 'Reader' }, owner: null }] },
      spendLogs: { nodes: [{ cost: expect.stringMatching(/^0\.\d+$/) as string }] },
    });
    await expect(client.createKey({ teamId: own.teamId })).rejects.toThrow('FORBIDDEN');
    // A user takes the key over.
    await app.master.do(
      'updateKey',
      'UpdateKeyInput',
      { keyId: made.key.id, userId: own.userId },
      '__typename',
    );
    expect(
      await app.master.ask(`{ key(id: "${made.key.id}") { owner { id } serviceAccount { id } } }`),
    ).toEqual({
      key: { owner: { id: own.userId }, serviceAccount: null },
    });
  });

  it('lose their tokens and keys at once when they are blocked or deleted, and when their team is archived', async () => {
    const { organizationId } = tenants.own;
    const { team } = await app.master.do<{ team: { id: string } }>(
      'createTeam',
      'CreateTeamInput',
      { organizationId, name: 'Short-lived' },
      'team { id }',
    );
    const first = await makeAccount({ teamId: team.id, name: 'First', role: 'ADMIN' });
    const second = await makeAccount({ teamId: team.id, name: 'Second', role: 'VIEWER' });
    const { secret } = await app.master.createKey({ teamId: team.id, serviceAccountId: first.id });
    const works = async (): Promise<[boolean, number]> => {
      const answer = await first.client.raw(VIEWER);
      return [answer.errors === undefined, await call(secret)];
    };
    expect(await works()).toEqual([true, 200]);
    await change('block', first.id);
    expect(await works()).toEqual([false, 401]);
    await change('unblock', first.id);
    expect(await works()).toEqual([true, 200]);
    await change('delete', first.id);
    expect(await works()).toEqual([false, 401]);
    // The name is free again, and the record stays.
    await makeAccount({ teamId: team.id, name: 'first', role: 'VIEWER' });
    expect(await app.master.ask(`{ serviceAccount(id: "${first.id}") { name deletedAt } }`)).toMatchObject({
      serviceAccount: { name: 'First', deletedAt: expect.any(String) as string },
    });
    await app.master.do('archiveTeam', 'ArchiveTeamInput', { teamId: team.id }, '__typename');
    expect((await second.client.raw(VIEWER)).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('refuse what does not fit together, and say why', async () => {
    const { own } = tenants;
    const { team } = await app.master.do<{ team: { id: string } }>(
      'createTeam',
      'CreateTeamInput',
      { organizationId: own.organizationId, name: 'Other team' },
      'team { id }',
    );
    const { id } = await makeAccount({ teamId: own.teamId, name: 'Fixed', role: 'MEMBER' });
    const taken = { teamId: own.teamId, name: 'FIXED', role: 'MEMBER' };
    expect(await refusal('createServiceAccount', taken)).toMatchObject({
      code: 'CONFLICT',
      field: ['input', 'name'],
    });
    // The same name in another place is another service account.
    await makeAccount({ teamId: team.id, name: 'Fixed', role: 'MEMBER' });
    const both = { teamId: own.teamId, serviceAccountId: id, userId: own.userId };
    expect(await refusal('createKey', both)).toMatchObject({
      code: 'INVALID',
      field: ['input', 'serviceAccountId'],
    });
    const elsewhere = { code: 'NOT_FOUND', field: ['input', 'serviceAccountId'] };
    expect(await refusal('createKey', { teamId: team.id, serviceAccountId: id })).toMatchObject(elsewhere);
    const made = await app.master.createKey({ teamId: own.teamId, serviceAccountId: id });
    const moved = { keyId: made.key.id, teamId: team.id };
    expect(await refusal('updateKey', moved)).toMatchObject(elsewhere);
    expect(await refusal('createServiceAccountToken', { name: 'x' })).toMatchObject({ code: 'REQUIRED' });
    expect(await refusal('createAccessToken', { name: 'x' }, tenants.serviceAccount)).toMatchObject({
      code: 'REQUIRED',
      field: ['input', 'userId'],
    });
  });
});
