import { Decimal, toMoney, type Rate } from '../money/rate';
import type { Money } from '../money/money';
import type { UsageUnit } from '../usage/usage';
import { NO_ADJUSTMENTS, type PriceAdjustments } from './price-adjustments';
import { exactSum } from './exact-sum';
import { roundParts } from './round-parts';
import { dollarsFor, type UnitRate } from './unit-rate';
import { COST_PARTS, PART_OF, type CostPart } from './usage-measures';

const ZERO_DOLLARS = new Decimal(0);
const ONE = new Decimal(1);

/**
 * PRICED: every used unit has a rate. FREE: every rate is explicitly zero, and so is the total. PARTIAL: some used units
 * have no rate, the total covers the rest. UNPRICED: nothing has a rate; the total is null, which is not zero.
 */
export type CostStatus = 'PRICED' | 'FREE' | 'PARTIAL' | 'UNPRICED';

/** One billed unit: quantity × rate, unrounded and before discount and margin. */
export interface CostLine {
  readonly unit: UsageUnit;
  readonly quantity: number;
  readonly rate: UnitRate;
  readonly dollars: Rate;
}

/** A line whose dollars are worked out when they are asked for: adding up a call does without them. */
export class BilledLine implements CostLine {
  constructor(
    readonly unit: UsageUnit,
    readonly quantity: number,
    readonly rate: UnitRate,
  ) {}

  get dollars(): Rate {
    return dollarsFor(this.quantity, this.rate);
  }
}

/** Parts absent from it are zero. `discount` is negative or zero. The parts add up exactly to the total. */
export type CostBreakdown = Readonly<Partial<Record<CostPart, Money>>>;

export interface Cost {
  readonly status: CostStatus;
  readonly total: Money | null;
  readonly breakdown: CostBreakdown;
  readonly lines: readonly CostLine[];
  /** The used units that have no rate; empty unless PARTIAL or UNPRICED. */
  readonly unpricedUnits: readonly UsageUnit[];
}

export function unpricedCost(unpricedUnits: readonly UsageUnit[]): Cost {
  return { status: 'UNPRICED', total: null, breakdown: {}, lines: [], unpricedUnits };
}

/** Adds lines up per part, applies discount and margin, rounds the total once and makes the parts add up to it. */
export function summarise(
  lines: readonly CostLine[],
  adjustments: PriceAdjustments = NO_ADJUSTMENTS,
): { total: Money; breakdown: CostBreakdown } {
  const exact = adjustments === NO_ADJUSTMENTS ? exactSum(lines) : null;
  if (exact !== null) return exact;
  const parts = new Map<CostPart, Rate>();
  for (const line of lines) addTo(parts, PART_OF[line.unit], line.dollars);
  return roundAdjusted(parts, adjustments);
}

/** A cost in dollars that the provider itself reported: it wins over the price sheet. */
export function costFromReported(dollars: Rate, adjustments: PriceAdjustments = NO_ADJUSTMENTS): Cost {
  const rounded = roundAdjusted(new Map([['other', dollars]]), adjustments);
  const status = rounded.total === 0n ? 'FREE' : 'PRICED';
  return { status, ...rounded, lines: [], unpricedUnits: [] };
}

/** × (1 − discount), then × (1 + percentage), then + fixed. */
export function adjusted(dollars: Rate, adjustments: PriceAdjustments): Rate {
  if (adjustments === NO_ADJUSTMENTS) return dollars;
  const discounted = dollars.times(ONE.minus(adjustments.discount));
  return discounted.times(adjustments.marginPercentage.plus(1)).plus(adjustments.marginFixed);
}

function roundAdjusted(parts: Map<CostPart, Rate>, adjustments: PriceAdjustments) {
  let dollars: Rate = ZERO_DOLLARS;
  for (const part of parts.values()) dollars = dollars.plus(part);
  if (adjustments === NO_ADJUSTMENTS) {
    const total = toMoney(dollars);
    return { total, breakdown: roundParts(parts, total, COST_PARTS) };
  }
  const discount = dollars.times(adjustments.discount);
  const final = adjusted(dollars, adjustments);
  addTo(parts, 'discount', discount.negated());
  addTo(parts, 'margin', final.minus(dollars.minus(discount)));
  const total = toMoney(final);
  return { total, breakdown: roundParts(parts, total, COST_PARTS) };
}

function addTo(parts: Map<CostPart, Rate>, part: CostPart, dollars: Rate): void {
  if (dollars.isZero()) return;
  const earlier = parts.get(part);
  parts.set(part, earlier === undefined ? dollars : earlier.plus(dollars));
}
