import { TOKEN_UNITS, USAGE_UNITS, type Usage, type UsageUnit } from '../usage/usage';
import { BilledLine, summarise, unpricedCost, type Cost, type CostLine } from './cost';
import { effectiveRates } from './effective-rates';
import { hasRates, isFree, type PriceSheet, type Rates } from './price';
import type { PricingContext } from './pricing-context';
import type { UnitRate } from './unit-rate';
import { FALLBACKS, NEEDS_NO_RATE, SAME_CONTENT, SOLD_WHOLE } from './usage-measures';

/**
 * What a call costs: the rates that apply to it × its usage, discount, margin, and one rounding half up at 12 places.
 * A usage that doesn't mention `requests` is one request. A used unit with neither a rate nor a fallback makes the cost
 * PARTIAL, or UNPRICED if nothing at all has a rate.
 */
export function costOf(usage: Usage, sheet: PriceSheet, context: PricingContext): Cost {
  const { lines, unpricedUnits } = billedLines(usage, sheet, context);
  if (!hasRates(sheet) || (lines.length === 0 && unpricedUnits.length > 0)) {
    return unpricedCost(unpricedUnits);
  }
  const { total, breakdown } = summarise(lines, context.adjustments);
  const whole = total === 0n && isFree(sheet) ? 'FREE' : 'PRICED';
  return { status: unpricedUnits.length > 0 ? 'PARTIAL' : whole, total, breakdown, lines, unpricedUnits };
}

export interface Billed {
  readonly lines: readonly CostLine[];
  readonly unpricedUnits: readonly UsageUnit[];
}

/** What is billed of a usage, before discount, margin and rounding. */
export function billedLines(usage: Usage, sheet: PriceSheet, context: PricingContext): Billed {
  const rates = effectiveRates(usage, sheet, context);
  const lines: CostLine[] = [];
  const unpriced: UsageUnit[] = [];
  for (const group of GROUPS) {
    const used = usedOf(group, usage);
    if (used.length === 0) continue;
    const billed = chooseMeasure(used, rates);
    if (billed !== null) {
      lines.push(new BilledLine(billed.unit, billedQuantity(billed.unit, usage, sheet), billed.rate));
      continue;
    }
    const [unit] = used;
    if (unit !== undefined && !NEEDS_NO_RATE.has(unit)) unpriced.push(unit);
  }
  if (unpriced.length === 0) return { lines, unpricedUnits: unpriced };
  const isCovered = isSoldWhole(rates, lines);
  return { lines, unpricedUnits: unpriced.filter((unit) => !(isCovered && isContent(unit))) };
}

/** Units that measure the same content together, then each of the others by itself. */
const GROUPS: readonly (readonly UsageUnit[])[] = [
  ...SAME_CONTENT,
  ...USAGE_UNITS.filter((unit) => !SAME_CONTENT.some((group) => group.includes(unit))).map((unit) => [unit]),
];

function usedOf(group: readonly UsageUnit[], usage: Usage): readonly UsageUnit[] {
  const [only] = group;
  if (group.length === 1 && only !== undefined) return quantityOf(only, usage) > 0 ? group : [];
  return group.filter((unit) => quantityOf(unit, usage) > 0);
}

function quantityOf(unit: UsageUnit, usage: Usage): number {
  return usage[unit] ?? (unit === 'requests' ? 1 : 0);
}

function billedQuantity(unit: UsageUnit, usage: Usage, sheet: PriceSheet): number {
  const used = quantityOf(unit, usage);
  const capped = unit === 'webSearches' && sheet.webSearchBilledPer === 'PROMPT' ? 1 : used;
  const minimums: Readonly<Partial<Record<UsageUnit, number>>> = sheet.minimums;
  return Math.max(capped, minimums[unit] ?? 0);
}

function chooseMeasure(
  group: readonly UsageUnit[],
  rates: Rates,
): { unit: UsageUnit; rate: UnitRate } | null {
  for (const unit of group) {
    const rate = rates[unit];
    if (rate !== undefined) return { unit, rate };
  }
  for (const unit of group) {
    for (const fallback of FALLBACKS[unit] ?? []) {
      const rate = rates[fallback];
      if (rate !== undefined) return { unit, rate };
    }
  }
  return null;
}

/** A model sold by the call, the image, the search or by time, not by the token: its tokens need no rate once that is billed. */
function isSoldWhole(rates: Rates, lines: readonly CostLine[]): boolean {
  const bySomething =
    rates.requests !== undefined ||
    rates.responseMs !== undefined ||
    lines.some(({ unit }) => SOLD_WHOLE.has(unit));
  return bySomething && TOKEN_UNITS.every((unit) => rates[unit] === undefined);
}

function isContent(unit: UsageUnit): boolean {
  return TOKEN_UNITS.some((token) => token === unit) || SAME_CONTENT.some((group) => group.includes(unit));
}
