import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy';
import { GraphqlClient } from '../support/graphql-client';
import { MASTER_KEY } from '../support/app';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';
import { until } from '../support/until';

const PRICED = '0.00002';

/** F7: what is served while the database is away, where limits allow it, is booked once when it is back. */
describe('a server whose database goes away under limits that allow it', () => {
  let metered: MeteredApp;
  let proxy: DatabaseProxy;
  let server: { url: string };
  let limitId: string;

  beforeAll(async () => {
    metered = await startMeteredApp();
    proxy = await startDatabaseProxy(metered.app.databaseUrl);
    // The key is asked for again by every call, and known from before while nobody answers.
    server = await metered.app.join({ DATABASE_URL: proxy.url, SPENDGRAPH_KEY_CACHE_TTL_MS: '1' });
    const { limits } = await metered.app.master.ask<{ limits: { nodes: { id: string }[] } }>(
      `{ limits { nodes { id } } }`,
    );
    limitId = limits.nodes[0]?.id ?? '';
    await setPolicy('ALLOW');
    expect((await call()).status).toBe(200);
  });
  afterAll(async () => {
    proxy.restore();
    await metered.close();
    await proxy.close();
  });
  beforeEach(() => {
    metered.upstream.behave(answerChat());
    metered.upstream.calls.length = 0;
  });

  const setPolicy = (onStoreFailure: string) =>
    metered.app.master.do(
      'updateLimit',
      'UpdateLimitInput',
      { limitId, onStoreFailure },
      'limit { onStoreFailure }',
    );

  function call(headers: Record<string, string> = {}, more = {}): Promise<Response> {
    return fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${metered.key}`, ...headers },
      body: JSON.stringify({
        model: 'my-gpt',
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Hi' }],
        ...more,
      }),
    });
  }

  const readiness = async () => (await fetch(`${server.url}/health/readiness`)).json();

  async function recover(): Promise<void> {
    proxy.restore();
    await until('calls reach the database again', async () => {
      const answer = await call();
      return answer.status === 200 && answer.headers.get('x-spendgraph-journalled') === null;
    });
    await until('the journal is empty', async () => {
      const { journal } = (await readiness()) as { journal: { waiting: number; bytes: number } };
      return journal.waiting === 0 && journal.bytes === 0;
    });
    expect(await metered.faults()).toEqual([]);
  }

  async function rowsOf(responses: readonly Response[]) {
    const ids = responses.map((response) => response.headers.get('x-litellm-call-id'));
    const { rows } = await metered.app.pool.query<{ status: string; cost: string; journalled: boolean }>(
      `SELECT s.status, trim_scale(s.cost)::text AS cost, j.call_id IS NOT NULL AS journalled
         FROM spend_logs s LEFT JOIN journalled_calls j ON j.call_id = s.call_id WHERE s.call_id = ANY ($1)`,
      [ids],
    );
    return rows;
  }

  it('serves them, keeps them on disk, and books each once when it is back', async () => {
    const spent = () =>
      metered.app.pool
        .query<{ spent: string }>(`SELECT sum(spent)::text AS spent FROM limit_windows`)
        .then(({ rows }) => Number(rows[0]?.spent));
    await metered.app.settled();
    const before = await spent();
    proxy.cut();
    const responses = [
      ...(await Promise.all(Array.from({ length: 20 }, () => call()))),
      await call({}, { stream: true }),
    ];
    for (const response of responses) {
      expect(response.status).toBe(200);
      expect(response.headers.get('x-spendgraph-journalled')).toBe('true');
      expect(response.headers.get('x-litellm-key-spend')).toBeNull();
      await response.text();
    }
    expect(metered.upstream.calls).toHaveLength(21);
    await until('all ends are on the disk', async () => {
      const { journal } = (await readiness()) as { journal: { waiting: number } };
      return journal.waiting === 21;
    });
    expect(await readiness()).toMatchObject({
      status: 'unhealthy',
      db: 'disconnected',
      journal: { waiting: 21, under_way: 0 },
    });
    expect(await rowsOf(responses)).toEqual([]);
    await recover();
    const rows = await rowsOf(responses);
    expect(rows).toHaveLength(21);
    expect(new Set(rows.map((row) => `${row.status} ${row.cost} ${String(row.journalled)}`))).toEqual(
      new Set([`SUCCESS ${PRICED} true`]),
    );
    const counted = metered.upstream.calls.length;
    expect(Math.round(((await spent()) - before) / Number(PRICED))).toBe(counted);
    const idOf = (response: Response | undefined) =>
      (response?.headers.get('x-litellm-call-id') ?? '').replace('call_', 'spend_');
    const query = `query ($away: ID!, $after: ID!) {
      away: spendLog(id: $away) { journalled } after: spendLog(id: $after) { journalled } }`;
    const after = await call();
    await metered.app.settled();
    expect(await metered.app.master.ask(query, { away: idOf(responses[0]), after: idOf(after) })).toEqual({
      away: { journalled: true },
      after: { journalled: false },
    });
  });

  it('books a call that is under way when it comes back at its end, and tells of it meanwhile', async () => {
    let answer = (): void => undefined;
    metered.upstream.behave((upstreamCall, response) => {
      answer = () => void answerChat()(upstreamCall, response);
    });
    proxy.cut();
    const calling = call();
    await until('it is at the provider', () => metered.upstream.calls.length === 1);
    proxy.restore();
    const master = new GraphqlClient(server.url, MASTER_KEY);
    await until('the graph tells of it', async () => {
      const health = `{ serverHealth { database { reachable } journal { openCalls waitingCalls bytes } } }`;
      const told = await master.raw<{
        serverHealth: { database: { reachable: boolean }; journal: { openCalls: number } };
      }>(health);
      return (
        told.data?.serverHealth.database.reachable === true && told.data.serverHealth.journal.openCalls === 1
      );
    });
    answer();
    const response = await calling;
    expect(response.headers.get('x-spendgraph-journalled')).toBe('true');
    metered.upstream.behave(answerChat());
    await recover();
    expect(await rowsOf([response])).toEqual([{ status: 'SUCCESS', cost: PRICED, journalled: true }]);
  });

  it('refuses a call whose key, customer or limits are not known from before, and one with an Idempotency-Key', async () => {
    const unknown = await metered.app.master.createKey();
    proxy.cut();
    const refused = [
      await call({ authorization: `Bearer ${unknown.secret}` }),
      await call({}, { user: 'a customer who never called' }),
      await call({ 'idempotency-key': 'once' }),
    ];
    expect(refused.map((response) => response.status)).toEqual([503, 503, 503]);
    expect(metered.upstream.calls).toHaveLength(0);
    await recover();
  });

  it('refuses every call as soon as one limit on the path does not allow it', async () => {
    await setPolicy('REFUSE');
    expect((await call()).status).toBe(200);
    metered.upstream.calls.length = 0;
    proxy.cut();
    expect((await call()).status).toBe(503);
    expect(metered.upstream.calls).toHaveLength(0);
    await recover();
    await setPolicy('ALLOW');
  });
});

describe('a path without any limit', () => {
  it.each(['refuse', 'allow'])(
    'goes by the setting of the server while the database is away: %s',
    async (policy) => {
      const metered = await startMeteredApp();
      const { limits } = await metered.app.master.ask<{ limits: { nodes: { id: string }[] } }>(
        `{ limits { nodes { id } } }`,
      );
      const proxy = await startDatabaseProxy(metered.app.databaseUrl);
      const server = await metered.app.join({ DATABASE_URL: proxy.url, SPENDGRAPH_STORE_FAILURE: policy });
      for (const { id } of limits.nodes)
        await metered.app.master.do('deleteLimit', 'DeleteLimitInput', { limitId: id }, 'deletedLimitId');
      const call = () =>
        fetch(`${server.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${metered.key}` },
          body: JSON.stringify({
            model: 'my-gpt',
            max_tokens: 9,
            messages: [{ role: 'user', content: 'Hi' }],
          }),
        });
      expect((await call()).status).toBe(200);
      proxy.cut();
      const isAllowed = policy === 'allow';
      expect((await call()).status).toBe(isAllowed ? 200 : 503);
      const readiness = await fetch(`${server.url}/health/readiness`);
      expect(readiness.status).toBe(isAllowed ? 200 : 503);
      expect(await readiness.json()).toMatchObject({ status: isAllowed ? 'degraded' : 'unhealthy' });
      proxy.restore();
      await until('calls are served by the database', async () => {
        const answer = await call();
        return answer.status === 200 && answer.headers.get('x-spendgraph-journalled') === null;
      });
      await until('every call is booked', async () => {
        const { rows } = await metered.app.pool.query(`SELECT 1 FROM spend_logs WHERE status = 'SUCCESS'`);
        return rows.length === metered.upstream.calls.length;
      });
      expect(await metered.faults()).toEqual([]);
      await metered.close();
      await proxy.close();
    },
  );
});
