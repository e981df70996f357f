import type { TestApp } from '../support/app';
import { change, fresh, whole, type Operation } from './operation';

async function freshPrice(app: TestApp): Promise<{ priceId: string }> {
  const input = { scope: 'MODEL', model: fresh(), rates: [{ unit: 'INPUT_TEXT', usdPerMillion: '1' }] };
  const made = await app.master.do<{ price: { id: string } }>(
    'setPrice',
    'SetPriceInput',
    input,
    'price { id }',
  );
  return { priceId: made.price.id };
}

async function freshPriceAdjustment(app: TestApp): Promise<{ priceAdjustmentId: string }> {
  const input = { scope: 'SERVER', provider: fresh(), discount: '0.1' };
  const made = await app.master.do<{ priceAdjustment: { id: string } }>(
    'setPriceAdjustment',
    'SetPriceAdjustmentInput',
    input,
    'priceAdjustment { id }',
  );
  return { priceAdjustmentId: made.priceAdjustment.id };
}

async function freshPriceImport(app: TestApp): Promise<{ priceImportId: string }> {
  // It changes no price, so that the approval of one makes none of the others stale.
  const map = JSON.stringify({ [fresh()]: { mode: 'chat' } });
  const made = await app.master.do<{ priceImport: { id: string } }>(
    'importPrices',
    'ImportPricesInput',
    { map },
    'priceImport { id }',
  );
  return { priceImportId: made.priceImport.id };
}

/** Operations on prices, discounts and margins. */
export const PRICE_OPERATIONS: Readonly<Record<string, Operation>> = {
  price: async (app) => ({
    query: 'query ($id: ID!) { price(id: $id) { id } }',
    variables: { id: (await freshPrice(app)).priceId },
  }),
  cataloguePrices: whole('{ cataloguePrices(first: 1) { nodes { model } } }'),
  prices: whole('{ prices { nodes { id } } }'),
  priceAdjustment: async (app) => ({
    query: 'query ($id: ID!) { priceAdjustment(id: $id) { id } }',
    variables: { id: (await freshPriceAdjustment(app)).priceAdjustmentId },
  }),
  priceAdjustments: whole('{ priceAdjustments { nodes { id } } }'),
  priceQuote: whole('{ priceQuote(model: "demo") { reason } }'),
  setPrice: change('setPrice', () => ({
    scope: 'MODEL',
    model: fresh(),
    rates: [{ unit: 'INPUT_TEXT', usdPerMillion: '1' }],
  })),
  registerModel: change('registerModel', () => ({
    model: fresh(),
    prices: { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' },
  })),
  endPrice: change('endPrice', freshPrice),
  setPriceAdjustment: change('setPriceAdjustment', () => ({
    scope: 'SERVER',
    provider: fresh(),
    discount: '0.1',
  })),
  rerateSpend: change('rerateSpend', () => ({
    from: '2020-01-01T00:00:00Z',
    dryRun: true,
    reason: 'a test',
  })),
  priceImport: async (app) => ({
    query: 'query ($id: ID!) { priceImport(id: $id) { id } }',
    variables: { id: (await freshPriceImport(app)).priceImportId },
  }),
  priceImports: whole('{ priceImports { nodes { id } } }'),
  importPrices: change('importPrices', () => ({ map: `{"${fresh()}":{"input_cost_per_token":1e-6}}` })),
  approvePriceImport: change('approvePriceImport', freshPriceImport),
  rejectPriceImport: change('rejectPriceImport', freshPriceImport),
  endPriceAdjustment: change('endPriceAdjustment', freshPriceAdjustment),
};
