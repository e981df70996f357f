import { formatMoney } from '../../../src/domain/money/decimal-text';
import { Decimal, type Rate } from '../../../src/domain/money/rate';
import type { Cost } from '../../../src/domain/pricing/cost';
import { costOf } from '../../../src/domain/pricing/cost-of';
import { litellmEntry } from '../../../src/domain/pricing/litellm-entry';
import { priceSheetFromJson, priceSheetToJson } from '../../../src/domain/pricing/price-json';
import { upperBoundCost } from '../../../src/domain/pricing/upper-bound';
import { inputTokens, outputTokens, type Usage } from '../../../src/domain/usage/usage';
import { contextOf, entryOf, readGoldenCases, usageOf } from './golden-case';

const cases = readGoldenCases();
if (cases === null) {
  process.stderr.write('SKIPPED: ../shared/cases/cost-cases.json is absent, no golden case was checked.\n');
}

function dollars(cost: Cost, side: 'input' | 'output'): string {
  const lines = cost.lines.filter((line) => line.unit.startsWith(side));
  return lines.reduce<Rate>((sum, line) => sum.plus(line.dollars), new Decimal(0)).toFixed();
}

(cases === null ? describe.skip : describe)('golden cost cases', () => {
  it('are all there', () => {
    expect(cases?.length).toBeGreaterThanOrEqual(58);
  });

  it.each((cases ?? []).map((golden) => [golden.id, golden] as const))(
    '%s costs what is expected, to the last digit',
    (_id, golden) => {
      const entry = litellmEntry(entryOf(golden));
      if (!entry.ok) throw new Error(`${entry.error.field}: ${entry.error.message}`);
      expect(entry.value.unknownKeys).toEqual([]);
      const cost = costOf(usageOf(golden), entry.value.sheet, contextOf(golden));
      expect(cost.total === null ? null : formatMoney(cost.total)).toBe(golden.expected.total);
      expect(cost.status).toBe('PRICED');
      expect([dollars(cost, 'input'), dollars(cost, 'output')]).toEqual([
        golden.expected.input,
        golden.expected.output,
      ]);
    },
  );

  it.each((cases ?? []).map((golden) => [golden.id, golden] as const))(
    '%s costs the same after its sheet was stored',
    (_id, golden) => {
      const entry = litellmEntry(entryOf(golden));
      if (!entry.ok) throw new Error(entry.error.message);
      const stored: unknown = JSON.parse(JSON.stringify(priceSheetToJson(entry.value.sheet)));
      const read = priceSheetFromJson(stored);
      if (!read.ok) throw new Error(`${read.error.field}: ${read.error.message}`);
      const usage = usageOf(golden);
      expect(costOf(usage, read.value, contextOf(golden)).total).toBe(
        costOf(usage, entry.value.sheet, contextOf(golden)).total,
      );
    },
  );

  it.each((cases ?? []).map((golden) => [golden.id, golden] as const))(
    '%s stays within its upper bound',
    (_id, golden) => {
      const entry = litellmEntry(entryOf(golden));
      if (!entry.ok) throw new Error(entry.error.message);
      const usage = usageOf(golden);
      const counts: Usage = Object.fromEntries(
        Object.entries(usage).filter(([unit]) => /Images|Pixels|Ms/.test(unit)),
      );
      const bound = upperBoundCost(
        { inputTokens: inputTokens(usage), outputTokens: outputTokens(usage), counts },
        entry.value.sheet,
        contextOf(golden),
      );
      const cost = costOf(usage, entry.value.sheet, contextOf(golden));
      expect(bound !== null && cost.total !== null && bound >= cost.total).toBe(true);
    },
  );
});
