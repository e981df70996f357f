import { setImmediate } from 'node:timers/promises';
import { startApp, type TestApp } from '../../support/app';
import type { GraphqlClient } from '../../support/graphql-client';
import { modelYaml } from '../../support/metered-app';
import { answerChat, startUpstream, type FakeUpstream } from '../../support/upstream';
import { WsClient } from '../../support/ws-client';

interface Totals {
  readonly spend: { readonly cost: string; readonly requests: string; readonly inputTokens: string } | null;
}

interface SpendNode {
  readonly id: string;
  readonly callId: string;
  readonly cost: string;
  readonly costBreakdown: Record<string, string>;
  readonly bookedCursor: string;
}

const SPEND = `id callId kind status cost pricingStatus hold overrun inputTokens outputTokens usage { unit amount }
  usageSource model servedModel provider endpoint stream httpStatus tags customerId keyAlias teamName organizationName
  bookedCursor costBreakdown { input cacheRead cacheWrite output reasoning audio image video tools other discount margin }
  organization { id } team { id } project { id } user { id } key { id } deployment { model } price { id }`;

describe('the whole graph', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let ids: { organization: string; team: string; project: string; user: string; key: string; other: string };
  let secret: string;
  let member: GraphqlClient;

  beforeAll(async () => {
    upstream = await startUpstream();
    upstream.behave(answerChat());
    app = await startApp({ yaml: modelYaml(`${upstream.url}/v1`) });
    const make = async (name: string, object: string, input: Record<string, unknown>): Promise<string> => {
      const Name = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const made = await app.master.do<Record<string, { id: string }>>(name, Name, input, `${object} { id }`);
      return made[object]?.id ?? '';
    };
    const organization = await make('createOrganization', 'organization', { name: 'Acme' });
    const team = await make('createTeam', 'team', { name: 'Search', organizationId: organization });
    const project = await make('createProject', 'project', { name: 'Ranking', teamId: team });
    const user = await make('createUser', 'user', { name: 'Ada' });
    await make('addTeamMember', 'member', { teamId: team, userId: user, role: 'MEMBER' });
    const made = await app.master.createKey({ projectId: project, userId: user, alias: 'ada-ranking' });
    secret = made.secret;
    const other = await make('createOrganization', 'organization', { name: 'Other' });
    ids = { organization, team, project, user, key: made.key.id, other };
    const token = await app.master.do<{ secret: string }>(
      'createAccessToken',
      'CreateAccessTokenInput',
      { userId: user, name: 'test' },
      'secret',
    );
    member = app.as(token.secret);
    await chat(app.url);
    await app.settled();
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  async function chat(url: string): Promise<string> {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'my-gpt',
        user: 'customer-1',
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    expect(response.status).toBe(200);
    return response.headers.get('x-litellm-call-id') ?? '';
  }

  it('shows a call with its parts, which add up to its cost, and with what it was booked to', async () => {
    const { spendLogs } = await app.master.ask<{ spendLogs: { nodes: SpendNode[] } }>(
      `{ spendLogs(first: 1) { nodes { ${SPEND} } } }`,
    );
    const [row] = spendLogs.nodes;
    expect(row).toMatchObject({
      kind: 'CALL',
      status: 'SUCCESS',
      pricingStatus: 'PRICED',
      usageSource: 'PROVIDER',
      model: 'my-gpt',
      provider: 'openai',
      httpStatus: 200,
      customerId: 'customer-1',
      keyAlias: 'ada-ranking',
      teamName: 'Search',
      organizationName: 'Acme',
      organization: { id: ids.organization },
      team: { id: ids.team },
      project: { id: ids.project },
      user: { id: ids.user },
      key: { id: ids.key },
      deployment: { model: 'my-gpt' },
    });
    const picodollars = (text: string): bigint => {
      const [whole = '0', fraction = ''] = text.split('.');
      return BigInt(whole + fraction.padEnd(12, '0'));
    };
    const parts = Object.values(row?.costBreakdown ?? {}).reduce((sum, part) => sum + picodollars(part), 0n);
    expect(parts).toBeGreaterThan(0n);
    expect(parts).toBe(picodollars(row?.cost ?? '0'));
  });

  it('gives the same totals for everything on the path of the call', async () => {
    const totals = 'spend { cost requests inputTokens }';
    const answer = await app.master.ask<Record<string, Totals>>(
      `query($organization: ID!, $team: ID!, $project: ID!, $user: ID!, $key: ID!, $other: ID!) {
        organization(id: $organization) { ${totals} } team(id: $team) { ${totals} } project(id: $project) { ${totals} }
        user(id: $user) { ${totals} } key(id: $key) { ${totals} } other: organization(id: $other) { ${totals} } }`,
      ids,
    );
    const { serverSpend } = await app.master.ask<{ serverSpend: Totals['spend'] }>(
      `{ serverSpend { cost requests inputTokens } }`,
    );
    expect(serverSpend?.requests).toBe('1');
    for (const each of ['organization', 'team', 'project', 'user', 'key']) {
      expect({ each, ...answer[each] }).toEqual({ each, spend: serverSpend });
    }
    expect(answer['other']?.spend).toEqual({ cost: '0', requests: '0', inputTokens: '0' });
  });

  it('shows a plain member the own spend, and no total that holds the spend of others', async () => {
    const answer = await member.ask<Record<string, unknown>>(
      `query($organization: ID!, $team: ID!, $user: ID!, $key: ID!) {
        organization(id: $organization) { spend { cost } } team(id: $team) { spend { cost } }
        user(id: $user) { spend { requests } } key(id: $key) { spend { requests } } spendLogs { nodes { user { id } } } }`,
      ids,
    );
    expect(answer).toEqual({
      organization: { spend: null },
      team: { spend: null },
      user: { spend: { requests: '1' } },
      key: { spend: { requests: '1' } },
      spendLogs: { nodes: [{ user: { id: ids.user } }] },
    });
    const { errors } = await member.raw('{ serverSpend { cost } }');
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('finds every kind of object by its id, and tells nobody of those they cannot see', async () => {
    const limit = await app.master.do<{ limit: { id: string; window: { id: string } } }>(
      'setLimit',
      'SetLimitInput',
      { scope: 'ORGANIZATION', scopeId: ids.other, unit: 'USD', amount: '1' },
      'limit { id window { id } }',
    );
    const { spendLogs } = await app.master.ask<{ spendLogs: { nodes: SpendNode[] } }>(
      '{ spendLogs { nodes { id } } }',
    );
    const named = {
      ...ids,
      limit: limit.limit.id,
      window: limit.limit.window.id,
      spend: spendLogs.nodes[0]?.id ?? '',
    };
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const wanted = [...Object.values(named), 'org_absent', 'nonsense'];
    const { nodes } = await app.master.ask<{ nodes: ({ __typename: string; id: string } | null)[] }>(query, {
      ids: wanted,
    });
    expect(nodes.map((node) => node?.id ?? null)).toEqual([...Object.values(named), null, null]);
    expect(nodes.map((node) => node?.__typename)).toEqual([
      'Organization',
      'Team',
      'Project',
      'User',
      'VirtualKey',
      'Organization',
      'Limit',
      'LimitWindow',
      'SpendLog',
      undefined,
      undefined,
    ]);
    const foreign = await member.ask<{ nodes: unknown[] }>(query, {
      ids: [ids.other, named.limit, named.window],
    });
    expect(foreign.nodes).toEqual([null, null, null]);
    const one = await app.master.ask('query($id: ID!) { node(id: $id) { ... on Team { name } } }', {
      id: ids.team,
    });
    expect(one).toEqual({ node: { name: 'Search' } });
  });

  it('tells of a call served by another server process, once, and how to catch up', async () => {
    const other = await app.join();
    const client = await WsClient.connect(`${app.url.replace('http', 'ws')}/graphql`, secret);
    client.subscribe('1', `subscription { spendRecorded { ${SPEND} } }`);
    // The socket answers in order: when this answer is here, the subscription stands.
    client.subscribe('2', '{ viewer { __typename } }');
    expect(await client.next()).toMatchObject({ id: '2', type: 'next' });
    expect(await client.next()).toMatchObject({ id: '2', type: 'complete' });
    const callId = await chat(other.url);
    const event = await client.next();
    expect(event).toMatchObject({
      id: '1',
      type: 'next',
      payload: { data: { spendRecorded: { callId, team: { id: ids.team }, key: { id: ids.key } } } },
    });
    const { spendRecorded } = (event.payload as { data: { spendRecorded: SpendNode } }).data;
    await chat(app.url);
    await app.settled();
    const { spendLogs } = await app.master.ask<{ spendLogs: { nodes: SpendNode[] } }>(
      'query($after: String) { spendLogs(orderBy: BOOKED_ASC, after: $after) { nodes { id } } }',
      { after: spendRecorded.bookedCursor },
    );
    expect(spendLogs.nodes).toHaveLength(1);
    expect(await client.next()).toMatchObject({
      payload: { data: { spendRecorded: { id: spendLogs.nodes[0]?.id } } },
    });
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    expect(client.unread).toEqual([]);
    client.socket.close();
    await client.closed;
  });

  it('lists calls in flight with what they hold, as long as they run', async () => {
    let finish!: () => void;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const answer = answerChat();
    upstream.behave(async (request, response) => {
      await finished;
      await answer(request, response);
    });
    const calling = chat(app.url);
    const list = '{ callsInFlight { nodes { id hold model key { id } } } }';
    interface InFlight {
      callsInFlight: { nodes: { id: string; hold: string }[] };
    }
    let open: InFlight['callsInFlight']['nodes'] = [];
    while (open.length === 0) open = (await member.ask<InFlight>(list)).callsInFlight.nodes;
    expect(open).toEqual([
      {
        id: expect.stringMatching(/^call_/),
        hold: expect.any(String),
        model: 'my-gpt',
        key: { id: ids.key },
      },
    ]);
    const node = await app.master.ask('query($id: ID!) { node(id: $id) { __typename } }', {
      id: open[0]?.id,
    });
    expect(node).toEqual({ node: { __typename: 'CallInFlight' } });
    finish();
    expect(await calling).toBe(open[0]?.id);
    await app.settled();
    expect((await member.ask<InFlight>(list)).callsInFlight.nodes).toEqual([]);
    upstream.behave(answerChat());
  });

  it('says how the server is and that the ledger adds up, to those who look after it', async () => {
    const query = `{ serverHealth { version database { reachable version latencyMs } journal { waitingCalls openCalls bytes maxBytes } } ledgerIntegrity { ok checks { name ok } } }`;
    expect(await app.master.ask(query)).toEqual({
      serverHealth: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        database: { reachable: true, version: expect.any(String), latencyMs: expect.any(Number) },
        journal: { waitingCalls: 0, openCalls: 0, bytes: '0', maxBytes: '268435456' },
      },
      ledgerIntegrity: { ok: true, checks: expect.arrayContaining([{ name: expect.any(String), ok: true }]) },
    });
    expect((await member.raw(query)).errors?.map((error) => error.extensions?.['code'])).toContain(
      'FORBIDDEN',
    );
  });

  it('lets a revoked key see nothing more', async () => {
    const client = await WsClient.connect(`${app.url.replace('http', 'ws')}/graphql`, secret);
    await app.master.do('deleteKey', 'DeleteKeyInput', { keyId: ids.key }, 'key { id }');
    expect((await client.closed).code).toBe(4403);
  });
});
