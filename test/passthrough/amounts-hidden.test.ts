import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';

/** Some platforms bill their people at other rates, or not at all, and tell them nothing of what is spent. */
describe('where amounts are hidden, the holder of a key', () => {
  let metered: MeteredApp;
  let keyId: string;
  let authorization: string;

  beforeAll(async () => {
    metered = await startMeteredApp({
      SPENDGRAPH_HIDE_AMOUNTS: 'true',
      SPENDGRAPH_RESPONSE_COST_IN_BODY: 'true',
    });
    metered.upstream.behave(answerChat());
    const made = await metered.app.master.createKey();
    keyId = made.key.id;
    authorization = `Bearer ${made.secret}`;
    const limit = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '0.0043217' };
    await metered.app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
  });
  afterAll(() => metered.close());

  const AMOUNT = /cost|spend|budget-(limit|remaining)|max-budget|x-ratelimit/;

  it.each([false, true])('finds none in an answer (stream: %s)', async (stream) => {
    const response = await metered.chat({ max_tokens: 20, stream }, { authorization });
    const text = await response.text();
    expect(response.status).toBe(200);
    const told = [...response.headers.keys()].filter((name) =>
      AMOUNT.test(name.replace('x-spendgraph-', '')),
    );
    expect(told).toEqual([]);
    expect(text).not.toContain('cost');
  });

  it('finds none in a refusal, which names the limit all the same', async () => {
    const response = await metered.chat({ max_tokens: 50_000 }, { authorization });
    const text = await response.text();
    expect(response.status).toBe(429);
    expect(text).toContain('Budget has been exceeded!');
    expect(text).toContain('"limit_id":"lim_');
    expect(text).not.toMatch(/0\.\d/);
  });

  it('does not get into the graph, and the administrator sees everything', async () => {
    const asKey = metered.app.as(authorization.replace('Bearer ', ''));
    expect((await asKey.raw('{ keys { nodes { id } } }')).data ?? null).toBeNull();
    const { key } = await metered.app.master.ask<{ key: { limits: { nodes: { amount: string }[] } } }>(
      'query($id: ID!) { key(id: $id) { limits { nodes { amount } } } }',
      { id: keyId },
    );
    expect(key.limits.nodes).toEqual([{ amount: '0.0043217' }]);
  });
});
