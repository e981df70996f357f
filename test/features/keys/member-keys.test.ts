import { startApp, type TestApp } from '../../support/app';
import type { GraphqlClient } from '../../support/graphql-client';
import { makeTenants, type Tenants } from '../../support/tenants';

interface UserError {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

interface MadeKey {
  readonly id: string;
  readonly models: readonly string[];
  readonly expiresAt: string;
  readonly createdAt: string;
  readonly owner: { readonly id: string };
  readonly limits: {
    readonly nodes: { id: string; unit: string; amount: string; window: { spent: string } }[];
  };
}

interface Outcome {
  readonly key?: MadeKey | null;
  readonly userErrors: readonly UserError[];
}

const DAY_S = 86_400;

describe("members' own keys", () => {
  let app: TestApp;
  let tenants: Tenants;
  let member: GraphqlClient;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
    member = tenants.clients.teamMember;
  });

  afterAll(() => app.close());

  async function policy(terms: Record<string, unknown>): Promise<void> {
    const input = { teamId: tenants.own.teamId, ...terms };
    const type = 'SetMemberKeyPolicyInput';
    await tenants.clients.teamAdmin.do('setMemberKeyPolicy', type, input, 'team { id }');
  }

  async function mutate(name: string, input: object, client = member): Promise<Outcome> {
    const Name = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const key = name.endsWith('Key')
      ? 'key { id models expiresAt createdAt owner { id } limits { nodes { id unit amount window { spent } } } }'
      : '';
    const query = `mutation ($input: ${Name}!) { ${name}(input: $input) { ${key} userErrors { code field message } } }`;
    const data = await client.ask<Record<string, Outcome>>(query, { input });
    return data[name] ?? { userErrors: [] };
  }

  async function made(input: object = {}): Promise<MadeKey> {
    const { key, userErrors } = await mutate('createKey', { teamId: tenants.own.teamId, ...input });
    if (!key) throw new Error(JSON.stringify(userErrors));
    return key;
  }

  it('are not theirs to make until the team lets them, and end when it no longer does', async () => {
    const { own, clients } = tenants;
    const query = `{ team(id: "${own.teamId}") { memberKeyPolicy { enabled models maxAmount duration maxKeys } } }`;
    expect(await member.ask(query)).toEqual({
      team: {
        memberKeyPolicy: { enabled: false, models: [], maxAmount: null, duration: null, maxKeys: null },
      },
    });
    await expect(made()).rejects.toThrow('memberKeyPolicy');
    await policy({ enabled: true });
    const key = await made();
    expect(key.owner.id).toBe(own.userId);
    expect(key.limits.nodes).toEqual([]);
    await expect(mutate('createKey', { teamId: own.teamId }, clients.teamViewer)).rejects.toThrow(
      'FORBIDDEN',
    );
    await expect(
      mutate('createKey', { teamId: own.teamId, userId: await tenants.makeUser() }),
    ).resolves.toMatchObject({ key: null });
    await policy({ enabled: false });
    await expect(mutate('updateKey', { keyId: key.id, alias: 'late' })).rejects.toThrow('FORBIDDEN');
  });

  it('have the bounds of the rules where nothing was asked for, and are refused beyond them, by name', async () => {
    const { teamId } = tenants.own;
    const bounds = { models: ['demo', 'gpt-*'], maxAmount: '5', duration: '30d', maxLifetimeSeconds: DAY_S };
    await policy({ enabled: true, ...bounds });
    const key = await made({ alias: 'mine' });
    expect(key.models).toEqual(['demo', 'gpt-*']);
    expect(Date.parse(key.expiresAt) - Date.parse(key.createdAt)).toBeLessThanOrEqual(DAY_S * 1_000);
    expect(key.limits.nodes).toMatchObject([{ unit: 'USD', amount: '5', window: { spent: '0' } }]);
    const later = new Date(Date.now() + 2 * DAY_S * 1_000).toISOString();
    for (const [input, field, rule] of [
      [{ models: ['o1'] }, 'models', '(models)'],
      [{ expiresAt: later }, 'expiresAt', '(maxLifetimeSeconds)'],
      [{ expiresAt: null }, 'expiresAt', '(maxLifetimeSeconds)'],
    ] as const) {
      for (const [mutation, more] of [
        ['createKey', { teamId }],
        ['updateKey', { keyId: key.id }],
      ] as const) {
        const { userErrors } = await mutate(mutation, { ...more, ...input });
        expect(userErrors).toMatchObject([
          { code: 'INVALID', field: ['input', field], message: expect.stringContaining(rule) as string },
        ]);
      }
    }
    await policy({ maxKeys: 2 });
    // Of those that may be used there are two: this one, and the one that the team made.
    const full = await mutate('createKey', { teamId });
    expect(full.userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', message: expect.stringContaining('(maxKeys)') as string },
    ]);
    await policy({ maxKeys: null });
  });

  it('are changed, rotated, blocked, ended and deleted by them, but not unblocked, given away or let spend more', async () => {
    await policy({ enabled: true, models: null, maxAmount: '5', duration: '30d', maxLifetimeSeconds: null });
    const { id, limits } = await made();
    const limitId = limits.nodes[0]?.id;
    expect(
      (await mutate('updateKey', { keyId: id, alias: 'renamed', metadata: { a: 1 } })).userErrors,
    ).toEqual([]);
    const only = (text: string) => [{ code: 'INVALID', message: expect.stringContaining(text) as string }];
    expect((await mutate('updateKey', { keyId: id, userId: null })).userErrors).toMatchObject(
      only('Only an administrator'),
    );
    expect((await mutate('updateLimit', { limitId, amount: '2' })).userErrors).toEqual([]);
    for (const [mutation, input] of [
      ['updateLimit', { limitId, amount: '3' }],
      ['updateLimit', { limitId, duration: '1d' }],
      ['updateLimit', { limitId, mode: 'OBSERVE' }],
      ['updateLimit', { limitId, enforcement: 'ADVISORY' }],
      ['setLimit', { scope: 'KEY', scopeId: id, unit: 'USD', amount: '9', duration: '1d' }],
      ['setLimit', { scope: 'KEY', scopeId: id, unit: 'USD', amount: '9', duration: '30d' }],
      ['deleteLimit', { limitId }],
    ] as const) {
      expect((await mutate(mutation, input)).userErrors).toMatchObject(only('Members only lower'));
    }
    for (const mutation of ['rotateKey', 'blockKey']) {
      expect((await mutate(mutation, { keyId: id })).userErrors).toEqual([]);
    }
    expect((await mutate('unblockKey', { keyId: id })).userErrors).toMatchObject(only('unblocks'));
    for (const mutation of ['expireKey', 'deleteKey']) {
      expect((await mutate(mutation, { keyId: id })).userErrors).toEqual([]);
    }
    // The key of somebody else in the team is not theirs to see.
    const other = await app.master.createKey({ teamId: tenants.own.teamId });
    expect((await mutate('blockKey', { keyId: other.key.id })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it("are made by LiteLLM's route under the same rules", async () => {
    await policy({
      enabled: true,
      models: ['demo'],
      maxAmount: '5',
      duration: '30d',
      maxLifetimeSeconds: null,
    });
    const token = await member.do<{ secret: string }>(
      'createAccessToken',
      'CreateAccessTokenInput',
      { name: 'litellm' },
      'secret',
    );
    const generate = async (body: object): Promise<{ status: number; text: string }> => {
      const response = await fetch(`${app.url}/key/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ team_id: tenants.own.teamId, ...body }),
      });
      return { status: response.status, text: await response.text() };
    };
    const { status, text } = await generate({ max_budget: 2, budget_duration: '30d' });
    expect({ status, text }).toMatchObject({ status: 200 });
    expect(JSON.parse(text)).toMatchObject({ max_budget: 2, models: ['demo'], user_id: tenants.own.userId });
    for (const [body, words] of [
      [{ max_budget: 50, budget_duration: '30d' }, 'Members only lower'],
      [{ models: ['o1'] }, '(models)'],
    ] as const) {
      const refused = await generate(body);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(words);
    }
  });
});
