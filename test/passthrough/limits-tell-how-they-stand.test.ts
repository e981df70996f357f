import { startMeteredApp, type MeteredApp } from '../support/metered-app';
import { answerChat } from '../support/upstream';
import { until } from '../support/until';

/** What a client and whoever looks at the graph learn of limits without asking the ledger for it. */
describe('the answer to a call', () => {
  let metered: MeteredApp;
  beforeAll(async () => (metered = await startMeteredApp()));
  afterAll(() => metered.close());
  beforeEach(() => metered.upstream.behave(answerChat()));

  async function keyWith(...limits: Record<string, unknown>[]) {
    const { master } = metered.app;
    const made = await master.createKey();
    const limitIds: string[] = [];
    for (const limit of limits) {
      const input = { scope: 'KEY', scopeId: made.key.id, ...limit };
      const set = await master.do<{ limit: { id: string } }>(
        'setLimit',
        'SetLimitInput',
        input,
        'limit { id }',
      );
      limitIds.push(set.limit.id);
    }
    const call = async (body = {}): Promise<Response> => {
      const response = await metered.chat(body, { authorization: `Bearer ${made.secret}` });
      await response.arrayBuffer();
      await metered.app.settled();
      return response;
    };
    return { call, limitIds };
  }

  const MINUTE = { window: { period: 'MINUTE' } };
  const windowOf = (id: string | undefined): Promise<Record<string, unknown>> =>
    metered.app.master
      .ask<{ limit: { window: Record<string, unknown> } }>(
        `query($id: ID!) { limit(id: $id) { window { excessCalls excessAmount isSoftExceeded overrun } } }`,
        { id },
      )
      .then(({ limit }) => limit.window);

  it("tells what is left of rate limits and budgets, in OpenAI's and LiteLLM's names", async () => {
    const { call } = await keyWith(
      { unit: 'REQUESTS', amount: '5', ...MINUTE },
      { unit: 'TOKENS', amount: '100000', ...MINUTE },
      { unit: 'USD', amount: '2', duration: '1d' },
      { unit: 'REQUESTS', amount: '7', models: ['my-gpt'], ...MINUTE },
    );
    const first = await call();
    const headers = Object.fromEntries(first.headers);
    expect(headers).toMatchObject({
      'x-ratelimit-limit-requests': '5',
      'x-ratelimit-remaining-requests': '4',
      'x-ratelimit-reset-requests': expect.stringMatching(/^\d+(ms|s|m\d+s)$/),
      'x-ratelimit-limit-tokens': '100000',
      'x-litellm-key-rpm-limit': '5',
      'x-litellm-key-tpm-limit': '100000',
      'x-litellm-key-max-budget': '2',
      'x-litellm-key-remaining-requests-my-gpt': '6',
      'x-spendgraph-budget-limit': '2',
      'x-spendgraph-budget-scope': 'KEY',
      'x-spendgraph-budget-resets-at': expect.stringMatching(/T00:00:00.000Z$/),
    });
    expect(Number(headers['x-spendgraph-budget-remaining'])).toBeLessThan(2);
    expect((await call()).headers.get('x-ratelimit-remaining-requests')).toBe('3');
  });

  it('tells nothing of limits that hold many tenants', async () => {
    const { call } = await keyWith();
    expect((await call()).headers.get('x-spendgraph-budget-limit')).toBeNull();
  });

  it('tells when a soft amount is reached, and so does the window', async () => {
    const { call, limitIds } = await keyWith({ unit: 'USD', amount: '1', softAmount: '0.00002' });
    expect((await call()).headers.get('x-spendgraph-soft-limit-exceeded')).toBeNull();
    expect(await windowOf(limitIds[0])).toMatchObject({ isSoftExceeded: true, overrun: '0' });
    expect((await call()).headers.get('x-spendgraph-soft-limit-exceeded')).toBe(limitIds[0]);
  });

  it.each([
    ['only warns', { enforcement: 'ADVISORY' }, 'x-spendgraph-limit-exceeded'],
    ['is on trial', { mode: 'OBSERVE' }, 'x-spendgraph-would-refuse'],
  ])('is not refused by a limit that %s, which counts what it let through', async (_what, terms, header) => {
    const { call, limitIds } = await keyWith({ unit: 'REQUESTS', amount: '1', ...MINUTE, ...terms });
    const first = await call();
    expect(first.status).toBe(200);
    expect(first.headers.get(header)).toBeNull();
    expect(first.headers.get('x-ratelimit-limit-requests')).toBeNull();
    for (let n = 0; n < 2; n++) {
      const more = await call();
      expect(more.status).toBe(200);
      expect(more.headers.get(header)).toBe(limitIds[0]);
    }
    await until('both are counted', async () => (await windowOf(limitIds[0]))['excessCalls'] === 2);
    expect(await windowOf(limitIds[0])).toMatchObject({ excessAmount: '2', overrun: '2' });
  });

  it('that an enforced limit would have fitted by lowering its bound does not count against a trial', async () => {
    const { call, limitIds } = await keyWith({
      unit: 'OUTPUT_TOKENS',
      amount: '50',
      mode: 'OBSERVE',
      enforcement: 'CLAMP',
    });
    expect((await call({ max_tokens: 100 })).headers.get('x-spendgraph-would-refuse')).toBeNull();
    expect(await windowOf(limitIds[0])).toMatchObject({ excessCalls: 0 });
  });
});
