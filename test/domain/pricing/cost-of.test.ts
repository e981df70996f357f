import { formatMoney } from '../../../src/domain/money/decimal-text';
import { costFromReported, type Cost } from '../../../src/domain/pricing/cost';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { HALF, priceSheet } from '../../../src/domain/pricing/price';
import { parseAdjustments } from '../../../src/domain/pricing/price-adjustments';
import { upperBoundCost } from '../../../src/domain/pricing/upper-bound';
import { decimal, rate } from './arbitraries';

const AT = { atMs: Date.parse('2026-11-24T12:00:00Z') };
const TEXT = { inputText: rate('0.000001'), outputText: rate('0.000002') };

function total(cost: Cost): string | null {
  return cost.total === null ? null : formatMoney(cost.total);
}

describe('what has no rate', () => {
  it('takes the rate of output for reasoning and of input for caches', () => {
    const cost = costOf(
      { outputReasoning: 10, inputCacheRead: 10, inputCacheWrite1h: 10 },
      priceSheet(TEXT),
      AT,
    );
    expect([cost.status, total(cost)]).toEqual(['PRICED', '0.00004']);
  });

  it('makes the cost PARTIAL for audio input, which text does not stand for', () => {
    const cost = costOf({ inputText: 10, inputAudio: 10 }, priceSheet(TEXT), AT);
    expect([cost.status, total(cost), cost.unpricedUnits]).toEqual(['PARTIAL', '0.00001', ['inputAudio']]);
  });

  it('makes the cost UNPRICED, with no total, where nothing has a rate', () => {
    const cost = costOf({ inputAudio: 10 }, priceSheet(TEXT), AT);
    expect([cost.status, cost.total, cost.breakdown]).toEqual(['UNPRICED', null, {}]);
    expect(costOf({}, priceSheet({}), AT).status).toBe('UNPRICED');
    expect(upperBoundCost({ inputTokens: 10, outputTokens: 10 }, priceSheet({}), AT)).toBeNull();
  });

  it('makes the cost PARTIAL for a tool that the sheet does not price', () => {
    expect(costOf({ inputText: 1, webSearches: 1 }, priceSheet(TEXT), AT).status).toBe('PARTIAL');
  });

  it('does not matter for the tokens of a model that is sold by the call', () => {
    const cost = costOf({ inputText: 10, outputText: 10 }, priceSheet({ requests: rate('0.04') }), AT);
    expect([cost.status, total(cost)]).toEqual(['PRICED', '0.04']);
  });
});

describe('FREE', () => {
  const zero = rate('0');

  it('is said only where every rate is explicitly zero', () => {
    expect(costOf({ inputText: 9 }, priceSheet({ inputText: zero, outputText: zero }), AT).status).toBe(
      'FREE',
    );
    expect(costOf({ inputText: 9 }, priceSheet({ inputText: zero, outputText: rate('1') }), AT).status).toBe(
      'PRICED',
    );
    expect(costOf({ inputAudio: 9 }, priceSheet({ inputText: zero }), AT).status).toBe('UNPRICED');
  });

  it('is not said where a fixed margin is charged', () => {
    const adjustments = {
      discount: decimal('0'),
      marginPercentage: decimal('0'),
      marginFixed: decimal('0.001'),
    };
    const cost = costOf({ inputText: 9 }, priceSheet({ inputText: zero }), { ...AT, adjustments });
    expect([cost.status, total(cost)]).toEqual(['PRICED', '0.001']);
  });
});

describe('rounding', () => {
  it('happens once, half up, at the total', () => {
    const sheet = priceSheet({ inputText: rate('0.00000000000025'), outputText: rate('0.00000000000025') });
    expect(costOf({ inputText: 1, outputText: 1 }, sheet, AT).total).toBe(1n);
    expect(costOf({ inputText: 1 }, sheet, AT).total).toBe(0n);
  });

  it('gives the picodollars left over to the largest remainders', () => {
    const sheet = priceSheet({
      inputText: rate('0.0000000000014'),
      inputCacheRead: rate('0.0000000000014'),
      outputText: rate('0.0000000000017'),
    });
    const cost = costOf({ inputText: 1, inputCacheRead: 1, outputText: 1 }, sheet, AT);
    expect(cost.total).toBe(5n);
    expect(cost.breakdown).toEqual({ input: 2n, cacheRead: 1n, output: 2n });
  });
});

describe('discount and margin', () => {
  it('come in this order: discount, percentage on the discounted figure, fixed amount', () => {
    const parsed = parseAdjustments({ discount: '0.1', marginPercentage: '0.5', marginFixed: '0.01' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const cost = costOf({ inputText: 1_000_000 }, priceSheet(TEXT), { ...AT, adjustments: parsed.value });
    expect(total(cost)).toBe('1.36');
    expect(cost.breakdown).toEqual({
      input: 1_000_000_000_000n,
      discount: -100_000_000_000n,
      margin: 460_000_000_000n,
    });
  });

  it('are refused where they are no fractions', () => {
    expect(parseAdjustments({ discount: '5' })).toMatchObject({ ok: false, error: { field: 'discount' } });
    expect(parseAdjustments({ marginFixed: '-1' })).toMatchObject({
      ok: false,
      error: { field: 'marginFixed' },
    });
    expect(parseAdjustments({ marginPercentage: 'x' })).toMatchObject({
      ok: false,
      error: { field: 'marginPercentage' },
    });
  });
});

describe('what is measured in several ways', () => {
  it('is billed once: by tokens where they have a rate of their own, else by number, else by pixel', () => {
    const usage = { outputImage: 100, outputImages: 2, outputPixels: 5 };
    const billed = (rates: Parameters<typeof priceSheet>[0]) =>
      costOf(usage, priceSheet(rates), AT).lines.map((line) => line.unit);
    expect(billed({ outputImage: rate('1'), outputImages: rate('1'), outputPixels: rate('1') })).toEqual([
      'outputImage',
    ]);
    expect(billed({ outputText: rate('1'), outputImages: rate('1'), outputPixels: rate('1') })).toEqual([
      'outputImages',
    ]);
    expect(billed({ outputText: rate('1'), outputPixels: rate('1') })).toEqual(['outputPixels']);
    expect(billed({ outputText: rate('1') })).toEqual(['outputImage']);
  });
});

describe('batches', () => {
  const batch = { ...AT, batch: true };

  it('cost the share that the sheet gives, except for tools', () => {
    const sheet = priceSheet({ ...TEXT, webSearches: rate('0.01') }, { batchMultiplier: HALF });
    expect(total(costOf({ inputText: 1000, webSearches: 1 }, sheet, batch))).toBe('0.0105');
  });

  it('cost the batch rate where there is one, and never half of it', () => {
    const variants = [{ when: { batch: true as const }, rates: { inputText: rate('0.0000004') } }];
    const sheet = priceSheet(TEXT, { variants, batchMultiplier: HALF });
    expect(total(costOf({ inputText: 1000, outputText: 1000 }, sheet, batch))).toBe('0.0014');
  });

  it('cost full price where no batch price is known', () => {
    expect(total(costOf({ inputText: 1000 }, priceSheet(TEXT), batch))).toBe('0.001');
  });

  it('are recognised by the served tier that Anthropic reports', () => {
    const sheet = priceSheet(TEXT, { batchMultiplier: HALF });
    expect(total(costOf({ inputText: 1000 }, sheet, { ...AT, servedServiceTier: 'batch' }))).toBe('0.0005');
  });
});

describe('special rules of a sheet', () => {
  it('bill one web search for a prompt where the provider bills prompts', () => {
    const sheet = priceSheet({ ...TEXT, webSearches: rate('0.035') }, { webSearchBilledPer: 'PROMPT' });
    expect(total(costOf({ webSearches: 4 }, sheet, AT))).toBe('0.035');
  });

  it('bill the smallest quantity once a unit is used, and nothing if it is not', () => {
    const sheet = priceSheet({ inputAudioMs: rate('0.111/3600000') }, { minimums: { inputAudioMs: 10_000 } });
    expect(total(costOf({ inputAudioMs: 1 }, sheet, AT))).toBe('0.000308333333');
    expect(total(costOf({}, sheet, AT))).toBe('0');
  });

  it('raise everything but tools by the multipliers that hold, one upon the other', () => {
    const multipliers = [
      { when: { inferenceGeo: 'us' }, factor: decimal('1.1') },
      { when: { speed: 'fast' }, factor: decimal('6') },
    ];
    const sheet = priceSheet({ ...TEXT, webSearches: rate('0.01') }, { multipliers });
    const context = { ...AT, inferenceGeo: 'us', speed: 'fast' };
    expect(total(costOf({ inputText: 1000, webSearches: 1 }, sheet, context))).toBe('0.0166');
    expect(total(costOf({ inputText: 1000, webSearches: 1 }, sheet, AT))).toBe('0.011');
  });
});

describe('a cost that the provider reports', () => {
  it('is taken as it is, with discount and margin', () => {
    expect(total(costFromReported(decimal('0.00123')))).toBe('0.00123');
    expect(costFromReported(decimal('0.5')).breakdown).toEqual({ other: 500_000_000_000n });
    expect(costFromReported(decimal('0')).status).toBe('FREE');
  });
});
