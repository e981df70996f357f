import { TOKEN_UNITS, usedUnits, type Usage, type UsageUnit } from '../usage/usage';
import { summarise, unpricedCost, type Cost, type CostLine } from './cost';
import { effectiveRates } from './effective-rates';
import { hasRates, isFree, type PriceSheet, type Rates } from './price';
import type { PricingContext } from './pricing-context';
import { dollarsFor, type UnitRate } from './unit-rate';
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

interface Billed {
  readonly lines: readonly CostLine[];
  readonly unpricedUnits: readonly UsageUnit[];
}

function billedLines(usage: Usage, sheet: PriceSheet, context: PricingContext): Billed {
  const rates = effectiveRates(usage, sheet, context);
  const quantities = billedQuantities(usage, sheet);
  const lines: CostLine[] = [];
  const unpriced: UsageUnit[] = [];
  for (const group of groupsOf(quantities)) {
    const billed = chooseMeasure(group, rates);
    if (billed !== null) {
      const quantity = quantities.get(billed.unit) ?? 0;
      lines.push({ ...billed, quantity, dollars: dollarsFor(quantity, billed.rate) });
      continue;
    }
    const [unit] = group;
    if (unit !== undefined && !NEEDS_NO_RATE.has(unit)) unpriced.push(unit);
  }
  const isCovered = isSoldWhole(rates, lines);
  return { lines, unpricedUnits: unpriced.filter((unit) => !(isCovered && isContent(unit))) };
}

function billedQuantities(usage: Usage, sheet: PriceSheet): Map<UsageUnit, number> {
  const quantities = new Map<UsageUnit, number>();
  const minimums: Readonly<Partial<Record<UsageUnit, number>>> = sheet.minimums;
  const counted = usage.requests === undefined ? { ...usage, requests: 1 } : usage;
  for (const unit of usedUnits(counted)) {
    const used = counted[unit] ?? 0;
    const capped = unit === 'webSearches' && sheet.webSearchBilledPer === 'PROMPT' ? 1 : used;
    quantities.set(unit, Math.max(capped, minimums[unit] ?? 0));
  }
  return quantities;
}

/** The used units, those that measure the same content together. */
function groupsOf(quantities: ReadonlyMap<UsageUnit, number>): UsageUnit[][] {
  const groups: UsageUnit[][] = [];
  const grouped = new Set<UsageUnit>();
  for (const group of SAME_CONTENT) {
    const used = group.filter((unit) => quantities.has(unit));
    used.forEach((unit) => grouped.add(unit));
    if (used.length > 0) groups.push(used);
  }
  for (const unit of quantities.keys()) if (!grouped.has(unit)) groups.push([unit]);
  return groups;
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
