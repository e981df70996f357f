import { startApp, type TestApp } from '../../support/app';
import { modelYaml } from '../../support/metered-app';
import { startUpstream, type FakeUpstream } from '../../support/upstream';

interface Report {
  readonly examined: number;
  readonly changed: number;
  readonly stillUnpriced: number;
  readonly oldCost: string;
  readonly newCost: string;
  readonly difference: string;
  readonly models: readonly {
    readonly model: string;
    readonly changed: number;
    readonly difference: string;
  }[];
  readonly nextCursor: string | null;
}

const LONG_AGO = '2020-01-01T00:00:00Z';
const REPORT = `examined changed stillUnpriced oldCost newCost difference nextCursor
  models { model changed difference }`;

/** A model that nobody prices, let through, under a limit over everything and one of its key. */
describe('rating calls again', () => {
  let app: TestApp;
  let upstream: FakeUpstream;
  let key: { secret: string; key: { id: string } };

  beforeAll(async () => {
    upstream = await startUpstream();
    const yaml = `${modelYaml(`${upstream.url}/v1`)}
  - model_name: unpriced
    litellm_params: {model: openai/house-model-1, api_base: "${upstream.url}/v1", api_key: upstream-secret}
litellm_settings: {max_budget: 100, budget_duration: 30d}
`;
    app = await startApp({ yaml, environment: { SPENDGRAPH_UNPRICED_MODELS: 'allow' } });
    key = await app.master.createKey();
    const limit = { scope: 'KEY', scopeId: key.key.id, unit: 'USD', amount: '10', duration: '30d' };
    await app.master.do('setLimit', 'SetLimitInput', limit, 'limit { id }');
  });

  afterAll(async () => {
    await app.close();
    await upstream.close();
  });

  /** Ten input and five output tokens. */
  async function call(model: string, more: object = {}): Promise<void> {
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }], ...more }),
    });
    expect(response.status).toBe(200);
    await response.text();
    await app.settled();
  }

  async function rerate(dryRun: boolean, more: object = {}): Promise<Report> {
    const input = { from: LONG_AGO, dryRun, reason: 'the price came late', ...more };
    const done = await app.master.do<{ report: Report }>(
      'rerateSpend',
      'RerateSpendInput',
      input,
      `report { ${REPORT} }`,
    );
    return done.report;
  }

  async function price(rates: Record<string, string>, effectiveFrom?: string): Promise<string> {
    const input = {
      ...{ scope: 'MODEL', model: 'unpriced', effectiveFrom },
      rates: Object.entries(rates).map(([unit, usdPerUnit]) => ({ unit, usdPerUnit })),
    };
    const done = await app.master.do<{ price: { id: string } }>(
      'setPrice',
      'SetPriceInput',
      input,
      'price { id }',
    );
    return done.price.id;
  }

  async function spentOf(): Promise<{ key: string; windows: string[] }> {
    const { rows } = await app.pool.query<{ spent: string }>(
      `SELECT trim_scale(spent)::text AS spent FROM limit_windows WHERE unit = 'USD' ORDER BY id`,
    );
    const query = 'query ($id: ID!) { key(id: $id) { spend { cost } } }';
    const found = await app.master.ask<{ key: { spend: { cost: string } } }>(query, { id: key.key.id });
    return { key: found.key.spend.cost, windows: rows.map((row) => row.spent) };
  }

  it('books nothing while the price is unknown, and shows what a price would change before it books', async () => {
    await call('unpriced');
    await call('unpriced', { service_tier: 'priority' });
    expect(await rerate(false)).toMatchObject({ examined: 2, changed: 0, stillUnpriced: 2, difference: '0' });

    await price({ INPUT_TEXT: '0.001' }, LONG_AGO);
    const dry = await rerate(true);
    expect(dry).toMatchObject({ examined: 2, changed: 2, oldCost: '0', newCost: '0.02', difference: '0.02' });
    expect(dry.models).toEqual([{ model: 'unpriced', changed: 2, difference: '0.02' }]);
    expect((await spentOf()).key).toBe('0');
  });

  it('books the difference once: rows, windows, roll-ups and totals move together', async () => {
    expect(await rerate(false)).toMatchObject({ changed: 2, difference: '0.02' });
    expect(await spentOf()).toEqual({ key: '0.02', windows: ['0.02', '0.02'] });
    expect(await rerate(false)).toMatchObject({ examined: 2, changed: 0, difference: '0' });
    expect(await app.ledgerFaults()).toEqual([]);
    const query = `{ spendLogs(filter: { kind: ADJUSTMENT }) { nodes {
      cost pricingStatus actor reason requests: inputTokens price { model } costBreakdown { input output } } } }`;
    const { spendLogs } = await app.master.ask<{ spendLogs: { nodes: object[] } }>(query);
    expect(spendLogs.nodes).toEqual(
      [1, 2].map(() => ({
        ...{ cost: '0.01', pricingStatus: 'PARTIAL', actor: 'master', reason: 'the price came late' },
        ...{ requests: '0', price: { model: 'unpriced' }, costBreakdown: { input: '0.01', output: '0' } },
      })),
    );
    const { auditLog } = await app.master.ask<{ auditLog: { nodes: object[] } }>(
      `{ auditLog(filter: { actions: ["rerateSpend"] }) { nodes { actorKind subjectType after } } }`,
    );
    expect(auditLog.nodes).toEqual([
      {
        ...{ actorKind: 'MASTER', subjectType: 'SpendLog' },
        after: { reason: 'the price came late', spendIds: [expect.any(String), expect.any(String)] },
      },
    ]);
  });

  it('takes a margin that was set for the time of the calls, also for calls that had a price', async () => {
    await call('my-gpt');
    const input = { scope: 'KEY', scopeId: key.key.id, marginPercentage: '1', effectiveFrom: LONG_AGO };
    await app.master.do('setPriceAdjustment', 'SetPriceAdjustmentInput', input, 'priceAdjustment { id }');
    const priced = await rerate(false, { pricingStatuses: ['PRICED'] });
    expect(priced).toMatchObject({ examined: 1, oldCost: '0.00002', newCost: '0.00004' });
    expect(await rerate(false)).toMatchObject({ examined: 2, oldCost: '0.02', newCost: '0.04' });
    expect((await spentOf()).key).toBe('0.04004');
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('goes on where a run stopped, and each call is booked once by two that run at the same time', async () => {
    const { rows } = await app.pool.query<{ terms: object | null }>(
      `SELECT pricing_terms AS terms FROM spend_logs WHERE kind = 'CALL' AND model = 'unpriced' ORDER BY seq`,
    );
    expect(rows.map((row) => row.terms)).toEqual([
      { upstreamModel: 'house-model-1' },
      { upstreamModel: 'house-model-1', requestedServiceTier: 'priority' },
    ]);
    const set = {
      scope: 'KEY',
      scopeId: key.key.id,
      provider: 'openai',
      discount: '0.5',
      effectiveFrom: LONG_AGO,
    };
    await app.master.do('setPriceAdjustment', 'SetPriceAdjustmentInput', set, 'priceAdjustment { id }');
    const first = await rerate(true, { maxCalls: 1 });
    expect(first).toMatchObject({ examined: 1, changed: 1 });
    expect(first.nextCursor).not.toBeNull();
    expect(await rerate(true, { maxCalls: 5, after: first.nextCursor })).toMatchObject({
      examined: 1,
      nextCursor: null,
    });
    await Promise.all([rerate(false), rerate(false), rerate(false)]);
    expect((await spentOf()).key).toBe('0.02004');
    expect(await rerate(false)).toMatchObject({ changed: 0 });
    expect(await app.ledgerFaults()).toEqual([]);
  });

  it('needs a reason and a range, and names the field', async () => {
    const query = `mutation ($input: RerateSpendInput!) { rerateSpend(input: $input) { report { examined } userErrors { field } } }`;
    for (const [over, field] of [
      [{ reason: ' ' }, 'reason'],
      [{ to: LONG_AGO }, 'from'],
      [{ maxCalls: 0 }, 'maxCalls'],
    ] as const) {
      const input = Object.assign({ from: LONG_AGO, dryRun: true, reason: 'x' }, over);
      const { rerateSpend } = await app.master.ask<{ rerateSpend: object }>(query, { input });
      expect(rerateSpend).toEqual({ report: null, userErrors: [{ field: ['input', field] }] });
    }
  });
});
