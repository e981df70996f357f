import type { AuthenticatedKey } from '../../src/keys/authenticated-key';
import { identify } from '../../src/passthrough/pipeline/authenticate';
import type { CallSettings } from '../../src/passthrough/pipeline/ports';
import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';

/** Some platforms bill their people at other rates, or not at all, and tell them nothing of what is spent. */
describe('where amounts are hidden, the holder of a key', () => {
  let metered: MeteredApp;
  let keyId: string;
  let authorization: string;

  beforeAll(async () => {
    metered = await startMeteredApp({
      SPENDGRAPH_RESPONSE_COST_IN_BODY: 'true',
    });
    metered.upstream.behave(answerChat());
    const { organization } = await metered.app.master.do<{ organization: { id: string } }>(
      'createOrganization',
      'CreateOrganizationInput',
      { name: 'Quiet', hidesAmounts: true },
      'organization { id }',
    );
    const made = await metered.app.master.createKey({ organizationId: organization.id });
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

  it('finds none either where the whole server hides them', async () => {
    const key = { hidesAmounts: false } as AuthenticatedKey;
    const keys = {
      forget: () => undefined,
      authenticate: () => Promise.resolve({ ok: true as const, value: key }),
    };
    const settings = { masterKey: 'sk-master', hidesAmounts: true } as CallSettings;
    const caller = await identify({ keys, settings }, () => 'sk-somebody');
    expect(caller).toMatchObject({ ok: true, value: { kind: 'KEY', hidesAmounts: true } });
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
