import { formatMoney } from '../../../src/domain/money/decimal-text';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { BatchCost } from '../../../src/domain/pricing/cost-of-batch';
import { HALF, priceSheet, type PriceSheet } from '../../../src/domain/pricing/price';
import { upperBoundCost } from '../../../src/domain/pricing/upper-bound';
import type { Usage } from '../../../src/domain/usage/usage';
import { rate } from './arbitraries';

const BATCH = { atMs: Date.parse('2026-11-24T12:00:00Z'), batch: true };
const TEXT = { inputText: rate('0.000001'), outputText: rate('0.000002') };
const ABOVE = { when: { inputTokensAbove: 1_000 }, rates: { inputText: rate('0.000003') } };

function costOfAll(sheet: PriceSheet | null, usages: readonly Usage[]): BatchCost {
  const batch = new BatchCost();
  for (const usage of usages) batch.add(usage, sheet, BATCH);
  return batch;
}

describe('the cost of a batch', () => {
  it('is that of its requests at the rates of batches, rounded once', () => {
    // Each request is half of 0.000000000001 dollars, which would be rounded up to a whole one.
    const sheet = priceSheet({ inputText: rate('0.000000000001') }, { batchMultiplier: HALF });
    const usages = Array.from({ length: 10 }, () => ({ inputText: 1 }));
    expect(costOfAll(sheet, usages).read()).toMatchObject({ status: 'PRICED', total: 5n });
    expect(costOf({ inputText: 1 }, sheet, BATCH).total).toBe(1n);
  });

  it('takes the threshold of a price by each request, and says when they were billed differently', () => {
    const sheet = priceSheet(TEXT, { variants: [ABOVE], batchMultiplier: HALF });
    const small = costOfAll(sheet, [{ inputText: 900 }, { inputText: 900 }]);
    expect([formatMoney(small.read().total ?? 0n), small.isMixed]).toEqual(['0.0009', false]);
    const mixed = costOfAll(sheet, [{ inputText: 900 }, { inputText: 1_100 }]);
    expect([formatMoney(mixed.read().total ?? 0n), mixed.isMixed]).toEqual(['0.0021', true]);
  });

  it('is within what is held, whose threshold is that of the largest request', () => {
    const sheet = priceSheet(TEXT, { variants: [ABOVE], batchMultiplier: HALF });
    const bound = { inputTokens: 2_000, outputTokens: 100, counts: { requests: 2 } };
    const hold = (requestInputTokens: number): string =>
      formatMoney(upperBoundCost(bound, sheet, { ...BATCH, requestInputTokens }) ?? 0n);
    expect(hold(1_000)).toBe('0.0011');
    expect(hold(1_001)).toBe('0.0031');
    const again = costOf({ inputText: 2_000, outputText: 100 }, sheet, {
      ...BATCH,
      requestInputTokens: 1_000,
    });
    expect(formatMoney(again.total ?? 0n)).toBe('0.0011');
  });

  it('knows no silent zero', () => {
    expect(costOfAll(null, [{ inputText: 1 }]).read()).toMatchObject({ status: 'UNPRICED', total: null });
    expect(costOfAll(priceSheet({}), [{ inputText: 1 }]).read().status).toBe('UNPRICED');
    expect(costOfAll(priceSheet(TEXT), [{ inputText: 1, inputAudio: 1 }]).read().status).toBe('PARTIAL');
    const half = costOfAll(priceSheet(TEXT), [{ inputText: 1 }]);
    half.add({ inputText: 1 }, null, BATCH);
    expect(half.read()).toMatchObject({ status: 'PARTIAL', total: 1_000_000n });
    expect(costOfAll(priceSheet({ inputText: rate('0') }), [{ inputText: 1 }]).read().status).toBe('FREE');
    expect(costOfAll(priceSheet(TEXT), []).read()).toMatchObject({ status: 'PRICED', total: 0n });
  });
});
