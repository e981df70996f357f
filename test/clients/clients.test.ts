import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import {
  cacheExchange,
  createClient as createUrqlClient,
  fetchExchange,
  subscriptionExchange,
} from '@urql/core';
import { generate } from '@graphql-codegen/cli';
import { OperationTypeNode, parse, print, type OperationDefinitionNode } from 'graphql';
import { createClient as createWsClient, type Client as WsConnection } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { MASTER_KEY } from '../support/app';
import { until } from '../support/until';
import { answerChat } from '../support/upstream';
import {
  CreateKeyDocument,
  LatestCallsDocument,
  SpendByTeamAndModelDocument,
  WatchBudgetDocument,
  WatchSpendDocument,
} from './generated/operations';
import * as pageCodegen from '../../src/ui/codegen';
import * as codegen from './codegen';

const ROOT = join(__dirname, '../..');
const HEADERS = { authorization: `Bearer ${MASTER_KEY}` };
const DECADE = { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' };

type Answers = Record<string, Record<string, unknown>>;

/** What each example is asked with, from what those before it answered. Its order is the file's. */
const VARIABLES: Record<string, (ids: Record<string, string>) => Record<string, unknown>> = {
  CreateOrganization: () => ({ name: 'Acme' }),
  CreateTeam: ({ organizationId }) => ({ organizationId, name: 'Search' }),
  AddPerson: () => ({ name: 'Ada', email: 'ada@example.com' }),
  JoinTeam: ({ teamId, userId }) => ({ teamId, userId }),
  CreateKey: ({ teamId, userId }) => ({ teamId, userId, alias: 'ada-search', models: ['my-gpt'] }),
  CreateToken: ({ userId }) => ({ userId }),
  CreatePipelineAccount: ({ teamId }) => ({ teamId }),
  LetPipelineIn: ({ serviceAccountId }) => ({ serviceAccountId }),
  SetTeamBudget: ({ teamId }) => ({ teamId }),
  SetKeyRateLimit: ({ keyId }) => ({ keyId }),
  RaiseBudgetForAWhile: ({ limitId }) => ({
    limitId,
    amount: '250',
    expiresAt: '2100-01-01T00:00:00Z',
    reason: 'launch',
  }),
  GiveBack: ({ limitId }) => ({ limitId, amount: '0.0000001', reason: 'a call that went wrong' }),
  SetContractPrice: ({ organizationId }) => ({ organizationId, model: 'my-gpt' }),
  WhatWouldItCost: ({ keyId }) => ({ keyId, model: 'my-gpt' }),
  WouldItPass: ({ keyId }) => ({ keyId, model: 'my-gpt' }),
  LatestCalls: ({ teamId }) => ({ teamId }),
  SpendByTeamAndModel: () => DECADE,
  DailySpend: () => ({ from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }),
  WhoseKeysCostMost: () => DECADE,
  WhenIsItUsedUp: ({ limitId }) => ({ limitId }),
  KeysAndTheirBudgets: ({ teamId }) => ({ teamId }),
  CallsInFlight: () => ({}),
  UnpricedCalls: () => ({}),
  DoesTheLedgerAddUp: () => ({}),
  RotateKey: ({ keyId }) => ({ keyId }),
  BlockKey: ({ keyId }) => ({ keyId }),
};

/** Where the ids come from that later examples need. */
const IDS: Record<string, readonly [example: string, ...path: string[]]> = {
  organizationId: ['CreateOrganization', 'createOrganization', 'organization', 'id'],
  teamId: ['CreateTeam', 'createTeam', 'team', 'id'],
  userId: ['AddPerson', 'createUser', 'user', 'id'],
  keyId: ['CreateKey', 'createKey', 'key', 'id'],
  serviceAccountId: ['CreatePipelineAccount', 'createServiceAccount', 'serviceAccount', 'id'],
  secret: ['CreateKey', 'createKey', 'secret'],
  limitId: ['SetTeamBudget', 'setLimit', 'limit', 'id'],
};

describe('the documented operations, and the clients that people ask them with', () => {
  let metered: MeteredApp;
  let url: string;
  let examples: OperationDefinitionNode[];
  const ids: Record<string, string> = {};
  const answers: Answers = {};

  beforeAll(async () => {
    metered = await startMeteredApp();
    metered.upstream.behave(answerChat());
    url = `${metered.app.url}/graphql`;
    const text = await readFile(join(ROOT, 'test/examples.graphql'), 'utf8');
    examples = parse(text).definitions as OperationDefinitionNode[];
  });

  afterAll(() => metered.close());

  function setUp(): OperationDefinitionNode[] {
    const cut = examples.findIndex((each) => each.name?.value === 'RotateKey');
    return examples.slice(0, cut).filter((each) => each.operation !== OperationTypeNode.SUBSCRIPTION);
  }

  async function run(example: OperationDefinitionNode): Promise<void> {
    const name = example.name?.value ?? '';
    const variables = VARIABLES[name]?.(ids);
    if (!variables) throw new Error(`Say in VARIABLES what the example ${name} is asked with.`);
    const data = await metered.app.master.ask<Record<string, unknown>>(print(example), variables);
    for (const payload of Object.values(data) as { userErrors?: unknown[] }[])
      expect({ name, userErrors: payload.userErrors ?? [] }).toEqual({ name, userErrors: [] });
    answers[name] = data;
    for (const [id, [from, ...path]] of Object.entries(IDS)) {
      if (from !== name) continue;
      ids[id] = path.reduce<unknown>(
        (found, step) => (found as Record<string, unknown>)[step],
        data,
      ) as string;
    }
  }

  async function call(): Promise<void> {
    const response = await fetch(`${metered.app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ids['secret'] ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'my-gpt', messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(response.status).toBe(200);
    await metered.app.settled();
  }

  /** A subscription does not say when it has begun, so calls are made until it tells of one. */
  async function callUntil(seen: readonly unknown[]): Promise<void> {
    await until('the subscription tells of a call', async () => {
      await call();
      return seen.length > 0;
    });
  }

  it('every example is answered, from the first organization to the last report', async () => {
    for (const example of setUp()) {
      if (example.name?.value === 'LatestCalls') await call();
      await run(example);
    }
    expect(answers['WouldItPass']).toMatchObject({ explainAdmission: { isAdmitted: true } });
    expect(answers['LatestCalls']).toMatchObject({
      spendLogs: { nodes: [{ model: 'my-gpt', status: 'SUCCESS', key: { alias: 'ada-search' } }] },
    });
    expect(answers['SpendByTeamAndModel']).toMatchObject({
      spendReport: { groups: [{ team: { name: 'Search' }, model: 'my-gpt', requests: '1' }] },
    });
    expect(answers['DailySpend']).toMatchObject({ spendReport: { groups: [] } });
    expect(answers['DoesTheLedgerAddUp']).toMatchObject({ ledgerIntegrity: { ok: true } });
  });

  it.each([
    ['the examples', codegen],
    ['the page', pageCodegen],
  ])('the types of %s are those of the schema: run `npm run gen:clients`', async (_, config) => {
    const [made] = (await generate({ ...config, cwd: ROOT, silent: true }, false)) as { content: string }[];
    const [path = ''] = Object.keys(config.generates);
    expect(await readFile(join(ROOT, path), 'utf8')).toBe(made?.content);
  });

  it('graphql-request asks with generated types', async () => {
    const { GraphQLClient } = await import('graphql-request');
    const client = new GraphQLClient(url, { headers: HEADERS });
    const { spendLogs } = await client.request(LatestCallsDocument, {
      teamId: ids['teamId'] ?? '',
      first: 5,
    });
    const [latest] = spendLogs.nodes;
    const cost: string | null | undefined = latest?.cost;
    expect(cost).toMatch(/^0\.\d+$/);
    const { createKey } = await client.request(CreateKeyDocument, {
      teamId: ids['teamId'] ?? '',
      userId: ids['userId'] ?? '',
      alias: 'second',
      models: [],
    });
    expect(createKey.secret).toMatch(/^sk-/);
  });

  it('Apollo Client asks, caches by id, and follows spend as it is booked', async () => {
    const socket = connect(url);
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(socket),
        new HttpLink({ uri: url, headers: HEADERS }),
      ),
    });
    const { data } = await client.query({ query: SpendByTeamAndModelDocument, variables: DECADE });
    expect(data?.spendReport.groups[0]?.team?.name).toBe('Search');

    const seen: unknown[] = [];
    client.subscribe({ query: WatchSpendDocument, variables: { teamId: ids['teamId'] ?? '' } }).subscribe({
      next: (result) => seen.push(result.data?.spendRecorded.key?.alias),
    });
    await callUntil(seen);
    expect(seen[0]).toBe('ada-search');
    client.stop();
    await socket.dispose();
  });

  it('urql asks, and follows a budget as it is used', async () => {
    const socket = connect(url);
    const client = createUrqlClient({
      url,
      preferGetMethod: false,
      fetchOptions: { headers: HEADERS },
      exchanges: [
        cacheExchange,
        fetchExchange,
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables }) => ({
            subscribe: (sink) => {
              const unsubscribe = socket.subscribe(
                { query, variables: variables as Record<string, unknown> },
                { ...sink, next: (value) => sink.next(value as never) },
              );
              return { unsubscribe };
            },
          }),
        }),
      ],
    });
    const { data } = await client.query(LatestCallsDocument, { teamId: ids['teamId'] ?? '' }).toPromise();
    expect(data?.spendLogs.nodes[0]?.key?.alias).toBe('ada-search');

    const seen: unknown[] = [];
    client.subscription(WatchBudgetDocument, { limitId: ids['limitId'] ?? '' }).subscribe((result) => {
      seen.push(result.data?.budgetChanged.window.spent);
    });
    await callUntil(seen);
    expect(seen[0]).toMatch(/^0\.\d+$/);
    await socket.dispose();
  });

  it('a key that leaked is rotated, and then blocked', async () => {
    for (const example of examples.slice(setUp().length)) {
      if (['RotateKey', 'BlockKey'].includes(example.name?.value ?? '')) await run(example);
    }
    expect(answers['BlockKey']).toMatchObject({ blockKey: { key: { state: 'BLOCKED' } } });
  });
});

function connect(url: string): WsConnection {
  return createWsClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: HEADERS.authorization },
  });
}
