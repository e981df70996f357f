import { startApp, type TestApp } from '../../support/app';
import type { GraphqlClient } from '../../support/graphql-client';
import { makeTenants, type Tenants } from '../../support/tenants';

interface PriceNode {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly effectiveUntil: string | null;
}

interface UserErrors {
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[];
    readonly message: string;
  }[];
}

type SetOutcome = UserErrors & Record<'price' | 'closedPrice', PriceNode | null>;
type EndOutcome = UserErrors &
  Record<'price' | 'reopenedPrice', PriceNode | null> & { readonly withdrawnPriceId: string | null };

interface Quote {
  readonly status: string;
  readonly scope: string | null;
  readonly reason: string;
  readonly source: string | null;
  readonly price: { readonly id: string } | null;
  readonly rates: readonly {
    unit: string;
    rate: string;
    usdPerUnit: string | null;
    usdPerMillion: string | null;
  }[];
}

const NODE = 'id effectiveFrom effectiveUntil';
const DAY_MS = 24 * 3_600_000;

describe('prices in the graph', () => {
  let app: TestApp;
  let tenants: Tenants;

  beforeAll(async () => {
    app = await startApp();
    tenants = await makeTenants(app);
  });

  afterAll(() => app.close());

  async function set(input: object, client: GraphqlClient = app.master): Promise<SetOutcome> {
    const query = `mutation ($input: SetPriceInput!) { setPrice(input: $input) {
      price { ${NODE} } closedPrice { ${NODE} } userErrors { code field message } } }`;
    return (await client.ask<{ setPrice: SetOutcome }>(query, { input: { scope: 'MODEL', ...input } }))
      .setPrice;
  }

  async function end(input: object): Promise<EndOutcome> {
    const query = `mutation ($input: EndPriceInput!) { endPrice(input: $input) {
      price { ${NODE} } withdrawnPriceId reopenedPrice { ${NODE} } userErrors { code field message } } }`;
    return (await app.master.ask<{ endPrice: EndOutcome }>(query, { input })).endPrice;
  }

  async function quote(args: string, client: GraphqlClient = app.master): Promise<Quote> {
    const query = `{ priceQuote(${args}) { status scope reason source price { id }
      rates { unit rate usdPerUnit usdPerMillion } } }`;
    return (await client.ask<{ priceQuote: Quote }>(query)).priceQuote;
  }

  const perMillion = (usd: string, unit = 'INPUT_TEXT'): object => ({
    rates: [{ unit, usdPerMillion: usd }],
  });
  const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

  it('prices a model from now on, to the last digit', async () => {
    const { price, closedPrice, userErrors } = await set({
      model: 'house',
      rates: [
        { unit: 'INPUT_TEXT', usdPerMillion: '0.0375' },
        { unit: 'OUTPUT_TEXT', usdPerUnit: '0.00000000000000000001' },
      ],
      source: 'contract of 2026',
    });
    expect(userErrors).toEqual([]);
    expect(closedPrice).toBeNull();
    const quoted = await quote('model: "house"');
    expect(quoted).toMatchObject({
      status: 'PRICED',
      scope: 'MODEL',
      source: 'contract of 2026',
      price: { id: price?.id },
    });
    expect(quoted.rates).toEqual([
      { unit: 'INPUT_TEXT', rate: '0.0000000375', usdPerUnit: '0.0000000375', usdPerMillion: '0.0375' },
      {
        unit: 'OUTPUT_TEXT',
        rate: '0.00000000000000000001',
        usdPerUnit: '0.00000000000000000001',
        usdPerMillion: '0.00000000000001',
      },
    ]);
    expect(quoted.reason).toContain('names the model "house"');
  });

  it('ends the version before where a new one starts, and leaves the past as it was', async () => {
    const first = await set({ model: 'versions', ...perMillion('1') });
    const startsAt = inDays(7);
    const second = await set({ model: 'versions', ...perMillion('2'), effectiveFrom: startsAt });
    expect(second.closedPrice).toMatchObject({ id: first.price?.id, effectiveUntil: startsAt });
    const rateAt = async (at: string): Promise<string | undefined> =>
      (await quote(`model: "versions", at: "${at}"`)).rates[0]?.usdPerMillion ?? undefined;
    expect(await rateAt(inDays(6.99))).toBe('1');
    expect(await rateAt(startsAt)).toBe('2');
    expect((await quote(`model: "versions", at: "${inDays(-1)}"`)).status).toBe('UNPRICED');

    const past = await set({
      model: 'versions',
      ...perMillion('3'),
      effectiveFrom: inDays(-1),
      effectiveUntil: inDays(1),
    });
    expect(past.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'effectiveUntil'] }]);
    const within = await set({ model: 'versions', ...perMillion('3'), effectiveUntil: inDays(1) });
    expect(within.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'effectiveFrom'] }]);
    const { rows } = await app.pool.query(`SELECT 1 FROM prices WHERE model = 'versions'`);
    expect(rows).toHaveLength(2);
  });

  it('refuses to change which price was in force in the past, and takes one for a time without any', async () => {
    const earlier = await set({
      model: 'backdated',
      ...perMillion('1'),
      effectiveFrom: inDays(-2),
      effectiveUntil: inDays(-1),
    });
    expect(earlier.userErrors).toEqual([]);
    const later = await set({ model: 'backdated', ...perMillion('2'), effectiveFrom: inDays(-0.5) });
    expect(later.userErrors).toEqual([]);
    const rewriting = await set({ model: 'backdated', ...perMillion('3'), effectiveFrom: inDays(-0.2) });
    expect(rewriting.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'effectiveFrom'] }]);
  });

  it('withdraws a price that has not started, and lets the one before go on', async () => {
    const first = await set({ model: 'withdrawn', ...perMillion('1') });
    const second = await set({ model: 'withdrawn', ...perMillion('2'), effectiveFrom: inDays(3) });
    const ended = await end({ priceId: second.price?.id });
    expect(ended).toMatchObject({
      price: null,
      withdrawnPriceId: second.price?.id,
      reopenedPrice: { id: first.price?.id, effectiveUntil: null },
      userErrors: [],
    });
  });

  it('ends a price now or later, once, and never in the past', async () => {
    const { price } = await set({ model: 'ending', ...perMillion('1') });
    const past = await end({ priceId: price?.id, at: inDays(-1) });
    expect(past.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'at'] }]);
    const at = inDays(1);
    expect((await end({ priceId: price?.id, at })).price).toMatchObject({ effectiveUntil: at });
    expect((await end({ priceId: price?.id, at: inDays(2) })).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    expect((await end({ priceId: price?.id })).userErrors).toEqual([]);
    expect((await quote('model: "ending"')).status).toBe('UNPRICED');
    expect((await end({ priceId: 'price_nowhere' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('takes the most binding contract, and tells which and why', async () => {
    const { own } = tenants;
    await set({ model: 'bound', ...perMillion('9') });
    const scopes = [
      ['ORGANIZATION', own.organizationId, '3'],
      ['TEAM', own.teamId, '2'],
      ['KEY', own.keyId, '1'],
    ] as const;
    for (const [scope, scopeId, usd] of scopes) {
      expect((await set({ scope, scopeId, model: 'bound', ...perMillion(usd) })).userErrors).toEqual([]);
    }
    const quoted = async (args: string): Promise<(string | null | undefined)[]> => {
      const { scope, rates } = await quote(`model: "bound"${args}`);
      return [scope, rates[0]?.usdPerMillion];
    };
    expect(await quoted('')).toEqual(['MODEL', '9']);
    expect(await quoted(`, organizationId: "${own.organizationId}"`)).toEqual(['ORGANIZATION', '3']);
    expect(await quoted(`, teamId: "${own.teamId}"`)).toEqual(['TEAM', '2']);
    expect(await quoted(`, keyId: "${own.keyId}"`)).toEqual(['KEY', '1']);
    expect((await quote('model: "bound"', tenants.clients.key)).scope).toBe('KEY');
  });

  it('shows a contract to those it concerns, and to others neither it nor that it exists', async () => {
    const { own, clients } = tenants;
    const { price } = await set({
      scope: 'TEAM',
      scopeId: own.teamId,
      model: 'secret-terms',
      ...perMillion('1'),
    });
    const query = `query ($id: ID!) { price(id: $id) { id team { id } } prices(filter: { model: "secret-terms" }) { nodes { id } } }`;
    for (const role of ['serverViewer', 'orgAdmin', 'orgViewer', 'teamMember', 'key'] as const) {
      expect(await clients[role].ask(query, { id: price?.id })).toEqual({
        price: { id: price?.id, team: { id: own.teamId } },
        prices: { nodes: [{ id: price?.id }] },
      });
    }
    expect(await clients.stranger.ask(query, { id: price?.id })).toEqual({
      price: null,
      prices: { nodes: [] },
    });
    await expect(quote(`model: "secret-terms", teamId: "${own.teamId}"`, clients.stranger)).rejects.toThrow(
      'NOT_FOUND',
    );
    await expect(quote('model: "demo"', clients.anonymous)).rejects.toThrow('UNAUTHENTICATED');
    for (const role of ['serverViewer', 'orgAdmin', 'teamAdmin', 'key'] as const) {
      await expect(set({ model: 'x', ...perMillion('1') }, clients[role])).rejects.toThrow('FORBIDDEN');
    }
  });

  it.each([
    [{}, 'REQUIRED', ['rates']],
    [{ rates: [{ unit: 'INPUT_TEXT' }] }, 'INVALID', ['rates', '0']],
    [{ rates: [{ unit: 'INPUT_TEXT', usdPerUnit: '1', usdPerMillion: '1' }] }, 'INVALID', ['rates', '0']],
    [
      {
        rates: [
          { unit: 'OUTPUT_TEXT', usdPerMillion: '1' },
          { unit: 'INPUT_TEXT', usdPerMillion: '-1' },
        ],
      },
      'INVALID',
      ['rates', '1'],
    ],
    [{ sheet: { rates: { inputText: 0.5 } } }, 'INVALID', ['sheet', 'rates', 'inputText']],
    [
      { sheet: { rates: {}, variants: [{ when: {}, rates: {} }] } },
      'INVALID',
      ['sheet', 'variants', '0', 'when'],
    ],
    [{ ...{ sheet: { rates: {} } }, rates: [] }, 'INVALID', ['sheet']],
    [{ model: ' ' }, 'REQUIRED', ['model']],
    [{ scope: 'CATALOGUE' }, 'INVALID', ['scope']],
    [{ scope: 'TEAM' }, 'REQUIRED', ['scopeId']],
    [
      { scope: 'TEAM', scopeId: 'team_nowhere', rates: [{ unit: 'PAGES', usdPerUnit: '1' }] },
      'NOT_FOUND',
      ['scopeId'],
    ],
    [{ scopeId: 'x' }, 'INVALID', ['scopeId']],
  ])('refuses %j with %s of %j', async (input, code, field) => {
    const refused = await set({ model: 'refused', ...input });
    expect(refused).toMatchObject({ price: null, userErrors: [{ code, field: ['input', ...field] }] });
  });

  it('takes a whole sheet, and shows what no decimal can say as a fraction', async () => {
    const sheet = {
      rates: { inputAudioMs: '0.017/60000', inputText: '0.000001' },
      variants: [{ when: { inputTokensAbove: 200_000 }, rates: { inputText: '0.000002' } }],
    };
    const { price, userErrors } = await set({ model: 'sheet', sheet });
    expect(userErrors).toEqual([]);
    const shown = await app.master.ask<{ price: { sheet: unknown; rates: unknown[] } }>(
      `query ($id: ID!) { price(id: $id) { sheet rates { unit rate usdPerUnit usdPerMillion } } }`,
      { id: price?.id },
    );
    expect(shown.price.sheet).toEqual(sheet);
    expect(shown.price.rates).toContainEqual({
      unit: 'INPUT_AUDIO_MS',
      rate: '0.017/60000',
      usdPerUnit: null,
      usdPerMillion: null,
    });
  });

  it('gives a retry the same version', async () => {
    const input = { model: 'retried', ...perMillion('1'), idempotencyKey: 'price-1' };
    const first = await set(input);
    const second = await set(input);
    expect(second.price?.id).toBe(first.price?.id);
    const { rows } = await app.pool.query(`SELECT 1 FROM prices WHERE model = 'retried'`);
    expect(rows).toHaveLength(1);
  });

  it('keeps one open version when many are set at once', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => set({ model: 'raced', ...perMillion(String(index)) })),
    );
    const { rows } = await app.pool.query<{ open: number; overlaps: number }>(
      `SELECT count(*) FILTER (WHERE effective_until IS NULL)::int AS open,
              (SELECT count(*)::int FROM prices a JOIN prices b ON a.id < b.id AND a.model = 'raced' AND b.model = 'raced'
                AND tstzrange(a.effective_from, a.effective_until) && tstzrange(b.effective_from, b.effective_until)) AS overlaps
         FROM prices WHERE model = 'raced'`,
    );
    expect(rows).toEqual([{ open: 1, overlaps: 0 }]);
  });

  it('quotes the catalogue where nothing is set, the demo model, and says when there is no price', async () => {
    expect(await quote('model: "gpt-4o-mini"')).toMatchObject({
      status: 'PRICED',
      scope: 'CATALOGUE',
      price: null,
    });
    const demo = await quote('model: "demo"');
    expect(demo.rates.map(({ unit, usdPerMillion }) => [unit, usdPerMillion])).toEqual([
      ['INPUT_TEXT', '1'],
      ['OUTPUT_TEXT', '2'],
    ]);
    expect(await quote('model: "nobody-knows-it"')).toMatchObject({
      status: 'UNPRICED',
      scope: null,
      rates: [],
    });
    await set({ model: 'gift', ...perMillion('0') });
    expect((await quote('model: "gift"')).status).toBe('FREE');
    const models = await app.master.ask(
      `{ models(filter: { search: "demo" }) { nodes { name price { status } } } }`,
    );
    expect(models).toEqual({ models: { nodes: [{ name: 'demo', price: { status: 'PRICED' } }] } });
  });
});
