import fc from 'fast-check';
import { Decimal, toMoney, type Rate } from '../../../src/domain/money/rate';
import { adjusted } from '../../../src/domain/pricing/cost';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { priceSheet } from '../../../src/domain/pricing/price';
import { priceSheetFromJson, priceSheetToJson } from '../../../src/domain/pricing/price-json';
import { upperBoundCost, type UsageBound } from '../../../src/domain/pricing/upper-bound';
import { exactSum } from '../../../src/domain/pricing/exact-sum';
import { roundParts } from '../../../src/domain/pricing/round-parts';
import {
  COST_PARTS,
  PART_OF,
  TEXT_INPUT_UNITS,
  TEXT_OUTPUT_UNITS,
  type CostPart,
} from '../../../src/domain/pricing/usage-measures';
import {
  COUNT_UNITS,
  inputTokens,
  outputTokens,
  TOKEN_UNITS,
  type Usage,
} from '../../../src/domain/usage/usage';
import { anyContext, anyRates, anySheet, anyUsage } from './arbitraries';

const RUNS = { numRuns: 300 };

function boundOf(usage: Usage, slack: number): UsageBound {
  const counts = Object.fromEntries(
    COUNT_UNITS.filter((unit) => usage[unit] !== undefined).map((unit) => [unit, usage[unit]]),
  );
  return {
    inputTokens: inputTokens(usage) + slack,
    outputTokens: outputTokens(usage) + slack,
    counts: { ...counts, requests: usage.requests ?? 1 },
  };
}

describe('the cost of a call, whatever the sheet', () => {
  it('has parts that add up exactly to its total, which is the exact amount rounded once', () => {
    fc.assert(
      fc.property(anyUsage, anySheet, anyContext, (usage, sheet, context) => {
        const cost = costOf(usage, sheet, context);
        const sum = Object.values(cost.breakdown).reduce((a, b) => a + b, 0n);
        if (cost.total === null) return cost.lines.length === 0 && sum === 0n;
        const exact = cost.lines.reduce<Rate>((total, line) => total.plus(line.dollars), new Decimal(0));
        const final = context.adjustments === undefined ? exact : adjusted(exact, context.adjustments);
        return sum === cost.total && cost.total === toMoney(final) && cost.total >= 0n;
      }),
      RUNS,
    );
  });

  it('never passes the upper bound, whichever tier serves it and at whatever hour it is billed', () => {
    const served = fc.constantFrom(undefined, 'default', 'priority', 'flex');
    const later = fc.integer({ min: 0, max: 86_400_000 * 7 });
    fc.assert(
      fc.property(
        anyUsage,
        anySheet,
        anyContext,
        fc.nat(400_000),
        served,
        later,
        (usage, sheet, asked, slack, tier, laterMs) => {
          const isOpen =
            asked.requestedServiceTier === undefined ||
            asked.requestedServiceTier === null ||
            asked.requestedServiceTier === 'auto';
          const servedTier =
            tier !== undefined && (isOpen || tier === 'default') ? { servedServiceTier: tier } : {};
          const cost = costOf(usage, sheet, { ...asked, ...servedTier, atMs: asked.atMs + laterMs });
          const bound = upperBoundCost(boundOf(usage, slack), sheet, asked);
          return cost.total === null || (bound !== null && bound >= cost.total);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never passes the narrower bound of a text-only request', () => {
    const text = fc.dictionary(fc.constantFrom(...TEXT_INPUT_UNITS, ...TEXT_OUTPUT_UNITS), fc.nat(300_000));
    fc.assert(
      fc.property(text, anySheet, anyContext, (usage, sheet, context) => {
        const narrow = { ...boundOf(usage, 0), inputUnits: TEXT_INPUT_UNITS, outputUnits: TEXT_OUTPUT_UNITS };
        const cost = costOf(usage, sheet, context);
        const bound = upperBoundCost(narrow, sheet, context);
        const wide = upperBoundCost(boundOf(usage, 0), sheet, context);
        return (
          cost.total === null || (bound !== null && wide !== null && bound >= cost.total && wide >= bound)
        );
      }),
      RUNS,
    );
  });

  it('rises with every further token where no condition changes the rates', () => {
    fc.assert(
      fc.property(
        anyUsage,
        anyRates,
        anyContext,
        fc.constantFrom(...TOKEN_UNITS),
        fc.nat(10_000),
        (usage, rates, context, unit, more) => {
          const tokensOnly = Object.fromEntries(
            TOKEN_UNITS.map((token) => [token, usage[token] ?? 0]),
          ) as Usage;
          const larger = { ...tokensOnly, [unit]: (tokensOnly[unit] ?? 0) + more };
          const before = costOf(tokensOnly, priceSheet(rates), context).total;
          const after = costOf(larger, priceSheet(rates), context).total;
          // A total is null, not zero, while nothing that was used has a rate.
          return before === null || after === null || after >= before;
        },
      ),
      RUNS,
    );
  });

  it('is in whole numbers what it is in decimals, part by part', () => {
    fc.assert(
      fc.property(anyUsage, anyRates, anyContext, (usage, rates, context) => {
        const { lines } = costOf(usage, priceSheet(rates), context);
        const exact = exactSum(lines);
        if (exact === null) return;
        const parts = new Map<CostPart, Rate>();
        for (const { unit, dollars } of lines)
          if (!dollars.isZero())
            parts.set(PART_OF[unit], dollars.plus(parts.get(PART_OF[unit]) ?? new Decimal(0)));
        expect(exact.breakdown).toEqual(roundParts(parts, exact.total, COST_PARTS));
      }),
      RUNS,
    );
  });

  it('is the same after the sheet went through JSON', () => {
    fc.assert(
      fc.property(anyUsage, anySheet, anyContext, (usage, sheet, context) => {
        const json: unknown = JSON.parse(JSON.stringify(priceSheetToJson(sheet)));
        const read = priceSheetFromJson(json);
        if (!read.ok) throw new Error(`${read.error.field}: ${read.error.message}`);
        expect(priceSheetToJson(read.value)).toEqual(json);
        const [stored, original] = [costOf(usage, read.value, context), costOf(usage, sheet, context)];
        return stored.total === original.total && stored.status === original.status;
      }),
      RUNS,
    );
  });
});
