import { startMeteredApp, type MeteredApp } from '../../support/metered-app';

const DAY_MS = 24 * 3_600_000;

interface Row {
  readonly cost: string;
  readonly hold: string;
  readonly costBreakdown: Record<string, string>;
}

interface SetOutcome {
  readonly priceAdjustment: { readonly id: string; readonly effectiveUntil: string | null } | null;
  readonly closedPriceAdjustment: { readonly id: string; readonly effectiveUntil: string } | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[];
    readonly message: string;
  }[];
}

describe('discounts and margins', () => {
  let metered: MeteredApp;

  beforeAll(async () => {
    metered = await startMeteredApp();
  });

  afterAll(() => metered.close());

  async function set(input: Record<string, unknown>): Promise<SetOutcome> {
    const query = `mutation ($input: SetPriceAdjustmentInput!) { setPriceAdjustment(input: $input) {
      priceAdjustment { id effectiveUntil } closedPriceAdjustment { id effectiveUntil }
      userErrors { code field message } } }`;
    const answer = await metered.app.master.ask<{ setPriceAdjustment: SetOutcome }>(query, {
      input: { scope: 'SERVER', ...input },
    });
    return answer.setPriceAdjustment;
  }

  async function end(priceAdjustmentId: string): Promise<void> {
    const input = { priceAdjustmentId };
    await metered.app.master.do(
      'endPriceAdjustment',
      'EndPriceAdjustmentInput',
      input,
      'priceAdjustment { id }',
    );
  }

  /** Ten input and five output tokens, which cost 0.00002 USD by the list. */
  async function booked(): Promise<Row> {
    const response = await metered.chat();
    expect(response.status).toBe(200);
    const callId = response.headers.get('x-litellm-call-id');
    await response.text();
    await metered.app.settled();
    const query = `query ($callId: ID) { spendLogs(filter: { callId: $callId }) { nodes {
      cost hold costBreakdown { input output discount margin } } } }`;
    const found = await metered.app.master.ask<{ spendLogs: { nodes: Row[] } }>(query, { callId });
    const [row] = found.spendLogs.nodes;
    if (!row) throw new Error('the call was not booked');
    return row;
  }

  it('take off the discount first, put the margin on what is left, and add up in every row', async () => {
    const plain = await booked();
    expect(plain).toMatchObject({ cost: '0.00002', costBreakdown: { discount: '0', margin: '0' } });
    const { priceAdjustment } = await set({
      discount: '0.1',
      marginPercentage: '0.5',
      marginFixedUsd: '0.001',
    });
    const row = await booked();
    expect(row).toMatchObject({
      cost: '0.001027',
      costBreakdown: { input: '0.00001', output: '0.00001', discount: '-0.000002', margin: '0.001009' },
    });
    expect(Number(row.hold)).toBeGreaterThanOrEqual(Number(row.cost));
    expect(Number(row.hold)).toBeGreaterThan(Number(plain.hold));
    await end(priceAdjustment?.id ?? '');
    expect((await booked()).cost).toBe('0.00002');
    expect(await metered.faults()).toEqual([]);
  });

  it("let a key's, team's or organization's replace the server's, which priceQuote explains", async () => {
    const { secret, key } = await metered.app.master.createKey();
    await set({ provider: 'openai', discount: '0.5', marginPercentage: '1' });
    const { priceAdjustment } = await set({ scope: 'KEY', scopeId: key.id, discount: '0.25' });
    const query = `{ priceQuote(model: "my-gpt") { discount marginPercentage discountRule { id } marginRule { scope } } }`;
    const asKey = await metered.app.as(secret).ask<{ priceQuote: object }>(query);
    expect(asKey.priceQuote).toEqual({
      ...{ discount: '0.25', marginPercentage: '1', discountRule: null, marginRule: null },
    });
    const asMaster = await metered.app.master.ask<{ priceQuote: object }>(
      `{ priceQuote(model: "my-gpt", keyId: "${key.id}") { discount discountRule { id } marginRule { scope } } }`,
    );
    expect(asMaster.priceQuote).toEqual({
      discount: '0.25',
      discountRule: { id: priceAdjustment?.id },
      marginRule: { scope: 'SERVER' },
    });
    const cost = await metered.app
      .as(secret)
      .ask<{ completionCost: { cost: string } }>(
        '{ completionCost(model: "my-gpt", usage: { inputText: 1000000 }) { cost } }',
      );
    expect(cost.completionCost.cost).toBe('1.5');
  });

  it('have versions: a new one ends the one before, and the past stays as it was', async () => {
    const first = await set({ provider: 'versions', discount: '0.1' });
    const startsAt = new Date(Date.now() + DAY_MS).toISOString();
    const second = await set({ provider: 'versions', discount: '0.2', effectiveFrom: startsAt });
    expect(second.closedPriceAdjustment).toEqual({ id: first.priceAdjustment?.id, effectiveUntil: startsAt });
    const past = await set({
      ...{ provider: 'versions', discount: '0.3' },
      effectiveFrom: new Date(Date.now() - 1_000).toISOString(),
      effectiveUntil: new Date(Date.now() + 1_000).toISOString(),
    });
    expect(past.userErrors[0]).toMatchObject({ code: 'CONFLICT', field: ['input', 'effectiveUntil'] });
  });

  it.each([
    [{}, 'discount', 'REQUIRED'],
    [{ discount: '1.5' }, 'discount', 'INVALID'],
    [{ marginPercentage: '-0.1' }, 'marginPercentage', 'INVALID'],
    [{ marginFixedUsd: '2000000' }, 'marginFixedUsd', 'INVALID'],
    [{ discount: '0.1', scopeId: 'key_1' }, 'scopeId', 'INVALID'],
    [{ discount: '0.1', scope: 'TEAM' }, 'scopeId', 'REQUIRED'],
    [{ discount: '0.1', scope: 'TEAM', scopeId: 'team_absent' }, 'scopeId', 'NOT_FOUND'],
    [{ discount: '0.1', effectiveUntil: '2020-01-01T00:00:00Z' }, 'effectiveUntil', 'INVALID'],
  ])('refuse %j and name the field', async (input, field, code) => {
    const { priceAdjustment, userErrors } = await set(input);
    expect(priceAdjustment).toBeNull();
    expect(userErrors[0]).toMatchObject({ code, field: ['input', field] });
  });

  it("leave what is registered in LiteLLM's keys exact where none is set, and a cost that is not known is refused", async () => {
    const query = `mutation ($input: RegisterModelInput!) { registerModel(input: $input) { price { id source } warnings userErrors { code field message } } }`;
    const register = async (prices: unknown) =>
      (
        await metered.app.master.ask<{ registerModel: { userErrors: unknown[]; warnings: string[] } }>(
          query,
          {
            input: { model: 'registered', prices },
          },
        )
      ).registerModel;
    const done = await register({
      input_cost_per_token: 1e-6,
      output_cost_per_token: '0.00000212345678901234',
    });
    expect(done).toMatchObject({ userErrors: [], warnings: [], price: { source: 'registerModel' } });
    const { priceQuote } = await metered.app.master.ask<{ priceQuote: { rates: unknown } }>(
      '{ priceQuote(model: "registered") { rates { unit usdPerUnit } } }',
    );
    expect(priceQuote.rates).toEqual([
      { unit: 'INPUT_TEXT', usdPerUnit: '0.000001' },
      { unit: 'OUTPUT_TEXT', usdPerUnit: '0.00000212345678901234' },
    ]);
    expect(await register({ input_cost_per_tokn: 1 })).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['input', 'prices', 'input_cost_per_tokn'] }],
    });
    expect(await register({ input_cost_per_token: -1 })).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['input', 'prices', 'input_cost_per_token'] }],
    });
    expect(await register([])).toMatchObject({ userErrors: [{ field: ['input', 'prices'] }] });
  });
});
