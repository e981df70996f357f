import { connect } from 'node:net';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { requestContext, type RequestContext } from '../../src/access/context';
import type { Principal, UserPrincipal } from '../../src/access/principal';
import { Container } from '../../src/app/container';
import { buildGraphqlSchema } from '../../src/app/schema';
import {
  BUDGET_CHANGED,
  budgetChanged,
  BudgetChangedResolver,
} from '../../src/limits/budget-changed.resolver';
import { LimitFeed } from '../../src/limits/limit-feed';
import { LimitWindowEntity } from '../../src/limits/limit-window.entity';
import { LimitEntity } from '../../src/limits/limit.entity';
import { LimitResolver } from '../../src/limits/limit.resolver';
import { LimitService } from '../../src/limits/limit.service';
import { systemClock } from '../../src/platform/clock';
import { createDataSource } from '../../src/platform/database/data-source';
import { LiveTopics } from '../../src/platform/graphql/live-topics';
import { silentLog } from '../../src/platform/logger';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { MASTER_KEY, startGraphqlServer, type GraphqlTestServer } from '../support/graphql-server';
import { startHints, type TestHints } from '../support/hints';
import { WsClient } from '../support/ws-client';

const CHANGED =
  'subscription($id: ID!) { budgetChanged(limitId: $id) { id amount window { spent remaining } } }';

describe('GraphQL over WebSockets', () => {
  let database: TestDatabase;
  let db: DataSource;
  let bus: TestHints;
  let other: TestHints;
  let feed: LimitFeed;
  let service: LimitService;
  /** The limits of a second server process on the same database. */
  let elsewhere: LimitService;
  let server: GraphqlTestServer;
  let master: RequestContext;
  let limitId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const entities = [LimitEntity, LimitWindowEntity];
    db = createDataSource({ url: database.url, ssl: false, poolSize: 6, entities, migrations: [] });
    await db.initialize();
    bus = await startHints(database.url, db);
    other = await startHints(database.url, db);
    feed = new LimitFeed(db, bus.hints, silentLog);
    const defaults = { timezone: 'UTC', startOfDayMinutes: 0 };
    service = new LimitService(db, bus.hints, defaults);
    elsewhere = new LimitService(db, other.hints, defaults);
    const container = new Container([
      [LimitResolver, new LimitResolver(service)],
      [BudgetChangedResolver, new BudgetChangedResolver()],
    ]);
    const live = new LiveTopics({ [BUDGET_CHANGED]: budgetChanged(feed) });
    const schema = buildGraphqlSchema([LimitResolver, BudgetChangedResolver], container, live);
    server = await startGraphqlServer({
      schema,
      db,
      ws: {
        // Long enough for a client on a busy machine, short enough to wait for.
        initTimeoutMs: 1_000,
        recheckMs: 20,
        maxOperations: 3,
        maxBufferedBytes: 64_000,
        closeTimeoutMs: 200,
      },
    });
    master = requestContext({ requestId: 'test', principal: { kind: 'MASTER' }, db, clock: systemClock });
    await db.query(`INSERT INTO organizations (id, name) VALUES ('org_a', 'A'), ('org_b', 'B')`);
    limitId = await setLimit('ORGANIZATION', 'org_a', '10');
  });

  afterAll(async () => {
    feed.close();
    await server.close();
    await bus.close();
    await other.close();
    await db.destroy();
    await database.drop();
  });

  async function setLimit(scope: 'ORGANIZATION' | 'TAG', scopeId: string, amount: string): Promise<string> {
    const set = await service.set(master, { scope, scopeId, unit: 'USD', amount, duration: 'monthly' });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    return set.value.id;
  }

  /** Resolves when the server has opened as many streams. */
  async function streams(count: number): Promise<void> {
    while (feed.subscriberCount !== count) await setImmediate();
  }

  function organizationViewer(organizationId: string, role: 'VIEWER' | 'MEMBER' = 'VIEWER'): UserPrincipal {
    return {
      kind: 'USER',
      userId: 'user_1',
      role: 'MEMBER',
      organizationRoles: new Map([[organizationId, role]]),
      teamRoles: new Map(),
    };
  }

  const KEY: Principal = {
    kind: 'KEY',
    keyId: 'key_1',
    organizationId: 'org_a',
    teamId: null,
    projectId: null,
    userId: null,
  };

  it('closes a socket that stays silent with 4408', async () => {
    const client = await WsClient.open(server.wsUrl);
    expect((await client.closed).code).toBe(4408);
  });

  it('closes a socket whose credential is not valid with 4403', async () => {
    const client = await WsClient.open(server.wsUrl);
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer sk-wrong' } });
    expect((await client.closed).code).toBe(4403);
  });

  it('closes a socket that introduces itself twice with 4429', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.send({ type: 'connection_init' });
    expect((await client.closed).code).toBe(4429);
  });

  it('closes a socket that subscribes before it is acknowledged with 4401', async () => {
    const client = await WsClient.open(server.wsUrl);
    client.subscribe('1', '{ __typename }');
    expect((await client.closed).code).toBe(4401);
  });

  it('closes a socket that uses an id twice with 4409', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.subscribe('1', CHANGED, { id: limitId });
    client.subscribe('1', CHANGED, { id: limitId });
    expect((await client.closed).code).toBe(4409);
    await streams(0);
  });

  it('closes a socket that talks nonsense with 4400', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.socket.send('nonsense');
    expect((await client.closed).code).toBe(4400);
  });

  it('takes the credential from the headers of the upgrade too', async () => {
    const client = await WsClient.open(server.wsUrl, { authorization: `Bearer ${MASTER_KEY}` });
    client.send({ type: 'connection_init' });
    await client.next();
    client.subscribe('1', '{ limits { nodes { id } } }');
    expect(await client.next()).toMatchObject({
      type: 'next',
      payload: { data: { limits: { nodes: [{ id: limitId }] } } },
    });
    client.socket.close();
  });

  it('answers no other path', async () => {
    await expect(WsClient.open(server.wsUrl.replace('/graphql', '/elsewhere'))).rejects.toThrow();
  });

  it('keeps the guards of HTTP, and names codes and request ids', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    const aliases = Array.from({ length: 16 }, (_, n) => `a${n}: limit(id: "x") { id }`).join(' ');
    for (const query of [
      `{ ${aliases} }`,
      '{ __schema { types { name } } }',
      '{ limits(first: 9999) { nodes { id amount } } }',
      '{ lim }',
      '{',
    ]) {
      client.subscribe('1', query);
      const { type, payload } = await client.next();
      expect({ query, type }).toEqual({ query, type: 'error' });
      const [error] = payload as { message: string; extensions: { code: string; requestId: string } }[];
      expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: expect.any(String) });
      expect(error?.message).not.toMatch(/did you mean/i);
    }
    client.socket.close();
  });

  it('bounds the operations that a socket has open', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    for (const id of ['1', '2', '3', '4']) client.subscribe(id, CHANGED, { id: limitId });
    expect(await client.next()).toMatchObject({ type: 'error', id: '4' });
    await streams(3);
    client.socket.close();
    await streams(0);
  });

  it('tells of changes made by another server process, each with what it holds', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.subscribe('1', CHANGED, { id: limitId });
    await streams(1);
    const updated = await elsewhere.update(master, { limitId, amount: '12.5' });
    expect(updated.ok).toBe(true);
    expect(await client.next()).toMatchObject({
      id: '1',
      type: 'next',
      payload: {
        data: { budgetChanged: { id: limitId, amount: '12.5', window: { spent: '0', remaining: '12.5' } } },
      },
    });
    client.send({ type: 'complete', id: '1' });
    await streams(0);
    client.socket.close();
  });

  it('ends a stream when its limit is deleted', async () => {
    const doomed = await setLimit('TAG', 'doomed', '1');
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.subscribe('1', CHANGED, { id: doomed });
    await streams(1);
    await elsewhere.update(master, { limitId: doomed, amount: '2' });
    expect(await client.next()).toMatchObject({ id: '1', type: 'next' });
    await elsewhere.remove(master, doomed);
    expect(await client.next()).toMatchObject({ id: '1', type: 'complete' });
    client.socket.close();
  });

  it.each([
    ['nobody', undefined, 'UNAUTHENTICATED'],
    ['a caller of another tenant', 'sk-foreign', 'NOT_FOUND'],
  ])('opens no stream for %s', async (_who, credential, code) => {
    server.principals.set('sk-foreign', organizationViewer('org_b'));
    const client = await WsClient.connect(server.wsUrl, credential);
    client.subscribe('1', CHANGED, { id: limitId });
    const { type, payload } = await client.next();
    expect(type).toBe('error');
    expect((payload as { extensions: { code: string } }[])[0]?.extensions.code).toBe(code);
    await streams(0);
    client.socket.close();
  });

  it('closes the sockets of a key that was revoked with 4403', async () => {
    server.principals.set('sk-key', KEY);
    const client = await WsClient.connect(server.wsUrl, 'sk-key');
    client.subscribe('1', CHANGED, { id: limitId });
    await streams(1);
    server.principals.delete('sk-key');
    expect((await client.closed).code).toBe(4403);
    await streams(0);
    expect(client.unread).toEqual([]);
  });

  it('closes the sockets of a user who lost a role with 4403, and not of one who won one', async () => {
    server.principals.set('sgt_user', organizationViewer('org_a', 'MEMBER'));
    const client = await WsClient.connect(server.wsUrl, 'sgt_user');
    client.subscribe('1', CHANGED, { id: limitId });
    await streams(1);
    server.principals.set('sgt_user', organizationViewer('org_a', 'VIEWER'));
    await elsewhere.update(master, { limitId, amount: '13' });
    expect(await client.next()).toMatchObject({ type: 'next' });
    server.principals.set('sgt_user', organizationViewer('org_a', 'MEMBER'));
    expect((await client.closed).code).toBe(4403);
    await streams(0);
  });

  it('cuts off a client that does not read, and keeps little for it', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      [
        'GET /graphql HTTP/1.1',
        `Host: ${hostname}:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Protocol: graphql-transport-ws',
        '',
        '',
      ].join('\r\n'),
    );
    const init = JSON.stringify({
      type: 'connection_init',
      payload: { authorization: `Bearer ${MASTER_KEY}` },
    });
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(30_000) } });
    // Every ping asks for an answer of its size, none of which is ever read.
    socket.pause();
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    socket.write(frame(init));
    while (!socket.destroyed && socket.writable) {
      if (!socket.write(frame(ping))) {
        await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
      }
    }
    await closed;
  });

  it('says goodbye with 1001 when the server stops', async () => {
    const client = await WsClient.connect(server.wsUrl, MASTER_KEY);
    client.subscribe('1', CHANGED, { id: limitId });
    await streams(1);
    await server.close();
    expect((await client.closed).code).toBe(1001);
    await streams(0);
  });
});

/** A masked text frame, as a client must send it. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(payload.length < 126 ? 6 : 8);
  head[0] = 0x81;
  if (payload.length < 126) head[1] = 0x80 | payload.length;
  else {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([head, payload]);
}
