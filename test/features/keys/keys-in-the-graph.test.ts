import { MASTER_KEY, startApp, type TestApp } from '../../support/app';
import { makeTenants, type Tenants } from '../../support/tenants';
import { WsClient } from '../../support/ws-client';

interface Outcome {
  readonly key: { readonly id: string; readonly display: string; readonly state: string } | null;
  readonly secret?: string | null;
  readonly warnings?: string[];
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[];
    readonly message: string;
  }[];
}

describe('keys in the graph', () => {
  let app: TestApp;
  let tenants: Tenants;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
  });

  afterAll(() => app.close());

  async function mutate(name: string, input: Record<string, unknown>, client = app.master): Promise<Outcome> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const shown = ['createKey', 'rotateKey'].includes(name) ? 'secret' : '';
    const warnings = name === 'createKey' ? 'warnings' : '';
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
      key { id display state } ${shown} ${warnings} userErrors { code field message } } }`;
    const data = await client.ask<Record<string, Outcome>>(query, { input });
    const outcome = data[name];
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  async function makeKey(input: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
    const { key, secret, userErrors } = await mutate('createKey', input);
    if (!key || secret == null) throw new Error(JSON.stringify(userErrors));
    return { id: key.id, secret };
  }

  it('shows the secret once, and warns of models that cannot be called', async () => {
    const made = await mutate('createKey', { models: ['demo', 'nobody-serves-this'] });
    expect(made.secret).toMatch(/^sk-[0-9A-Za-z]{30}$/);
    expect(made.key?.display).toBe(`sk-...${made.secret?.slice(-4) ?? ''}`);
    expect(made.warnings).toEqual([
      expect.stringMatching(/No deployment serves the model "nobody-serves-this"/),
    ]);
  });

  it('gives a retry the same key without its secret, and refuses the same idempotencyKey for another', async () => {
    const input = { teamId: tenants.own.teamId, alias: 'retried', idempotencyKey: 'retry-1' };
    const first = await mutate('createKey', input);
    const second = await mutate('createKey', input);
    expect(second.key?.id).toBe(first.key?.id);
    expect(second.secret).toBeNull();
    expect(second.warnings).toEqual([expect.stringMatching(/earlier attempt/)]);
    const other = await app.master.raw(
      `mutation { createKey(input: { alias: "other", idempotencyKey: "retry-1" }) { key { id } userErrors { code } } }`,
    );
    expect(other.errors?.[0]?.message).toMatch(/idempotencyKey was used for another input/);
    expect(other.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it.each([
    [{ teamId: 'team_nowhere' }, 'NOT_FOUND', 'teamId'],
    [{ projectId: 'proj_nowhere' }, 'NOT_FOUND', 'projectId'],
    [{ organizationId: 'org_nowhere' }, 'NOT_FOUND', 'organizationId'],
    [{ userId: 'user_nowhere' }, 'NOT_FOUND', 'userId'],
    [{ alias: ' ' }, 'REQUIRED', 'alias'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'INVALID', 'expiresAt'],
    [{ maxOutputTokens: 0 }, 'INVALID', 'maxOutputTokens'],
    [{ secret: 'sk-1234' }, 'INVALID', 'secret'],
    [{ alias: 'own-key' }, 'CONFLICT', 'alias'],
  ])('refuses %j with %s of %s', async (input, code, field) => {
    const refused = await mutate('createKey', input);
    expect(refused).toMatchObject({ key: null, secret: null, warnings: [] });
    expect(refused.userErrors).toEqual([{ code, field: ['input', field], message: expect.any(String) }]);
  });

  it('refuses a secret that is in use, and owners that do not belong together', async () => {
    const { secret } = await makeKey();
    const taken = await mutate('createKey', { secret });
    expect(taken.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'secret'] }]);
    const mixed = await mutate('createKey', { teamId: tenants.own.teamId, organizationId: 'org_default' });
    expect(mixed.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'teamId'] }]);
  });

  it('refuses the master key as the secret of a key, at its making and later', async () => {
    const { id } = await makeKey();
    const taken = { code: 'CONFLICT', field: ['input', 'secret'] };
    expect((await mutate('createKey', { secret: MASTER_KEY })).userErrors).toMatchObject([taken]);
    expect((await mutate('rotateKey', { keyId: id, secret: MASTER_KEY })).userErrors).toMatchObject([taken]);
  });

  it('names the team or organization that does not allow a model', async () => {
    const organization = await app.master.do<{ organization: { id: string } }>(
      'createOrganization',
      'CreateOrganizationInput',
      { name: 'Strict', models: ['gpt-*'] },
      'organization { id }',
    );
    const organizationId = organization.organization.id;
    const refused = await mutate('createKey', { organizationId, models: ['gpt-4o', 'claude-3'] });
    expect(refused.userErrors[0]?.message).toBe(
      `The organization "Strict" doesn't allow "claude-3". It allows: gpt-*.`,
    );
    const { id } = await makeKey({ organizationId, models: ['gpt-4o'] });
    const wider = await mutate('updateKey', { keyId: id, models: ['*'] });
    expect(wider.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'models'] }]);
  });

  it('frees the alias of a deleted key, whose record stays and which nothing changes any more', async () => {
    const { id } = await makeKey({ alias: 'twice' });
    expect((await mutate('deleteKey', { keyId: id })).key?.state).toBe('DELETED');
    await makeKey({ alias: 'twice' });
    for (const name of ['blockKey', 'rotateKey', 'updateKey', 'deleteKey']) {
      expect((await mutate(name, { keyId: id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    }
    const list = `query ($all: Boolean) { keys(filter: { alias: "twice", includeDeleted: $all }) { nodes { id } } }`;
    const live = await app.master.ask<{ keys: { nodes: unknown[] } }>(list, { all: false });
    const all = await app.master.ask<{ keys: { nodes: unknown[] } }>(list, { all: true });
    expect([live.keys.nodes.length, all.keys.nodes.length]).toEqual([1, 2]);
  });

  it('does what was done already without a change', async () => {
    const { id } = await makeKey();
    const version = async (): Promise<unknown> =>
      (await app.pool.query(`SELECT version FROM virtual_keys WHERE id = $1`, [id])).rows[0];
    await mutate('unblockKey', { keyId: id });
    expect(await version()).toEqual({ version: 1 });
    expect((await mutate('blockKey', { keyId: id })).key?.state).toBe('BLOCKED');
    await mutate('blockKey', { keyId: id });
    expect(await version()).toEqual({ version: 2 });
  });

  it('lets the administrators of its team and organization make and change keys, and nobody else', async () => {
    const { own, clients } = tenants;
    const { id } = await makeKey({ teamId: own.teamId });
    for (const role of ['serverAdmin', 'orgAdmin', 'teamAdmin'] as const) {
      expect((await mutate('createKey', { teamId: own.teamId }, clients[role])).userErrors).toEqual([]);
      expect((await mutate('updateKey', { keyId: id, tags: [role] }, clients[role])).userErrors).toEqual([]);
    }
    for (const role of ['serverViewer', 'orgViewer', 'teamViewer', 'teamMember', 'key'] as const) {
      await expect(mutate('createKey', { teamId: own.teamId }, clients[role])).rejects.toThrow('FORBIDDEN');
    }
    for (const role of ['serverViewer', 'orgViewer', 'teamViewer'] as const) {
      await expect(mutate('blockKey', { keyId: id }, clients[role])).rejects.toThrow('FORBIDDEN');
    }
    await expect(mutate('createKey', {}, clients.anonymous)).rejects.toThrow('UNAUTHENTICATED');
    // Whoever cannot see the key is told the same as of one that does not exist.
    for (const role of ['stranger', 'orgMember', 'teamMember', 'key'] as const) {
      const refused = await mutate('blockKey', { keyId: id }, clients[role]);
      expect(refused.userErrors).toMatchObject([{ code: 'NOT_FOUND', message: `There is no key "${id}".` }]);
    }
    const foreignTeam = await mutate('createKey', { teamId: own.teamId }, clients.stranger);
    expect(foreignTeam.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'teamId'] }]);
  });

  it('does not let a team administrator move a key to where it has no role', async () => {
    const { own, clients } = tenants;
    const { id } = await makeKey({ teamId: own.teamId });
    await expect(mutate('updateKey', { keyId: id, teamId: null }, clients.teamAdmin)).rejects.toThrow(
      'FORBIDDEN',
    );
    const moved = await mutate('updateKey', { keyId: id, teamId: null }, clients.orgAdmin);
    expect(moved.userErrors).toEqual([]);
    expect((await mutate('updateKey', { keyId: id, tags: [] }, clients.teamAdmin)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('shows a key itself, and the owner of a key those it owns', async () => {
    const { own, clients } = tenants;
    const viewer = await clients.key.ask(
      `{ viewer { kind key { id owner { id } team { id } project { id } organization { id } } } keys { nodes { id } } }`,
    );
    expect(viewer).toEqual({
      viewer: {
        kind: 'KEY',
        key: {
          id: own.keyId,
          owner: { id: own.userId },
          team: { id: own.teamId },
          project: { id: own.projectId },
          organization: { id: own.organizationId },
        },
      },
      keys: { nodes: [{ id: own.keyId }] },
    });
    const member = await clients.teamMember.ask<{ keys: { nodes: { id: string }[] } }>(
      `{ keys { nodes { id } } }`,
    );
    expect(member.keys.nodes).toEqual([{ id: own.keyId }]);
  });

  it('tells those who follow keys of each change, on another process, and of none that they cannot see', async () => {
    const { own } = tenants;
    const { secret } = await makeKey({ teamId: own.teamId });
    const other = await app.join();
    const follow = async (credential: string, scope: object): Promise<WsClient> => {
      const live = await WsClient.connect(`${other.url.replace('http', 'ws')}/graphql`, credential);
      const query = `subscription ($scope: KeyScopeInput) { keyChanged(scope: $scope) { change key { alias state } } }`;
      live.subscribe('1', query, { scope });
      // The socket answers in order: when this answer is here, the subscription stands.
      live.subscribe('2', '{ viewer { __typename } }');
      expect(await live.next()).toMatchObject({ id: '2', type: 'next' });
      expect(await live.next()).toMatchObject({ id: '2', type: 'complete' });
      return live;
    };
    const team = await follow(MASTER_KEY, { teamId: own.teamId });
    const bystander = await follow(secret, {});
    const absent = await WsClient.connect(`${other.url.replace('http', 'ws')}/graphql`, MASTER_KEY);
    absent.subscribe('1', 'subscription { keyChanged(scope: { teamId: "team_gone" }) { change } }');
    expect(await absent.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    const heard = async (change: string, state: string): Promise<void> => {
      const event = { data: { keyChanged: { change, key: { alias: 'followed', state } } } };
      expect((await team.next()).payload).toEqual(event);
    };
    await makeKey({ alias: 'elsewhere' });
    const { id } = await makeKey({ teamId: own.teamId, alias: 'followed' });
    await heard('CREATED', 'ACTIVE');
    for (const [mutation, change, state] of [
      ['updateKey', 'UPDATED', 'ACTIVE'],
      ['rotateKey', 'ROTATED', 'ACTIVE'],
      ['blockKey', 'BLOCKED', 'BLOCKED'],
      ['unblockKey', 'UNBLOCKED', 'ACTIVE'],
      ['expireKey', 'EXPIRED', 'EXPIRED'],
      ['deleteKey', 'DELETED', 'DELETED'],
    ] as const) {
      await mutate(mutation, { keyId: id, ...(mutation === 'updateKey' ? { tags: ['x'] } : {}) });
      await heard(change, state);
    }
    // A key sees no other key of its team.
    expect(bystander.unread).toEqual([]);
    for (const client of [team, bystander, absent]) client.socket.close();
  });

  it('pages through keys in each order, forwards and backwards, without loss or repeat', async () => {
    for (const alias of ['page-c', 'page-a', 'page-b', 'page-e', 'page-d']) await makeKey({ alias });
    const query = `query ($first: Int, $after: String, $last: Int, $before: String, $order: VirtualKeyOrder) {
      keys(filter: { search: "PAGE-" }, orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
        nodes { alias } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    interface Answer {
      keys: {
        nodes: { alias: string }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
      };
    }
    const walk = async (order: string, backward: boolean): Promise<string> => {
      let seen: string[] = [];
      let cursor: string | null = null;
      for (;;) {
        const page: Record<string, unknown> = backward
          ? { last: 2, before: cursor }
          : { first: 2, after: cursor };
        const { keys }: Answer = await app.master.ask<Answer>(query, { ...page, order });
        const aliases = keys.nodes.map(({ alias }) => alias.slice(-1));
        seen = backward ? [...aliases, ...seen] : [...seen, ...aliases];
        if (!(backward ? keys.pageInfo.hasPreviousPage : keys.pageInfo.hasNextPage)) return seen.join('');
        cursor = backward ? keys.pageInfo.startCursor : keys.pageInfo.endCursor;
      }
    };
    const expected = {
      CREATED_AT_ASC: 'cabed',
      CREATED_AT_DESC: 'debac',
      ALIAS_ASC: 'abcde',
      ALIAS_DESC: 'edcba',
    };
    for (const [order, aliases] of Object.entries(expected)) {
      expect([order, await walk(order, false), await walk(order, true)]).toEqual([order, aliases, aliases]);
    }
  });
});
