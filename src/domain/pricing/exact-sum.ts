import type { Money } from '../money/money';
import type { Rate } from '../money/rate';
import type { UsageUnit } from '../usage/usage';
import type { UnitRate } from './unit-rate';
import { COST_PARTS, PART_OF, type CostPart } from './usage-measures';

/** A decimal as a whole number and the place of its point: 0.0000025 is 25 and 7. */
interface Exact {
  readonly digits: bigint;
  readonly scale: number;
}

/** Picodollars are twelve places behind the point. */
const MONEY_SCALE = 12;
const POWERS: readonly bigint[] = Array.from({ length: 128 }, (_, exponent) => 10n ** BigInt(exponent));
const known = new WeakMap<Rate, Exact>();

interface Billed {
  readonly unit: UsageUnit;
  readonly quantity: number;
  readonly rate: UnitRate;
}

export interface ExactSum {
  readonly total: Money;
  readonly breakdown: Readonly<Partial<Record<CostPart, Money>>>;
}

/**
 * The sum of quantity × rate in whole numbers, rounded once, with parts that add up to it: what decimals give, in a
 * fiftieth of their time. Null where a quantity is no whole number or a rate is for several units, which decimals do.
 */
export function exactSum(lines: readonly Billed[]): ExactSum | null {
  let scale = MONEY_SCALE;
  for (const { rate, quantity } of lines) {
    if (rate.per !== 1 || !Number.isSafeInteger(quantity)) return null;
    scale = Math.max(scale, exactOf(rate.usd).scale);
  }
  const divisor = POWERS[scale - MONEY_SCALE];
  if (divisor === undefined) return null;
  const parts = new Map<CostPart, bigint>();
  let sum = 0n;
  for (const { unit, quantity, rate } of lines) {
    const { digits, scale: own } = exactOf(rate.usd);
    const amount = digits * BigInt(quantity) * (POWERS[scale - own] ?? 1n);
    if (amount === 0n) continue;
    sum += amount;
    parts.set(PART_OF[unit], (parts.get(PART_OF[unit]) ?? 0n) + amount);
  }
  const total = (2n * sum + divisor) / (2n * divisor);
  return { total, breakdown: dealt(parts, total, divisor) };
}

/** Each part rounded down; what is left over goes to the largest remainders, in the parts' order where they tie. */
function dealt(
  parts: ReadonlyMap<CostPart, bigint>,
  total: Money,
  divisor: bigint,
): Partial<Record<CostPart, Money>> {
  const breakdown: Partial<Record<CostPart, Money>> = {};
  const remainders: { part: CostPart; remainder: bigint }[] = [];
  let left = total;
  for (const part of COST_PARTS) {
    const exact = parts.get(part);
    if (exact === undefined) continue;
    const amount = exact / divisor;
    breakdown[part] = amount;
    left -= amount;
    const remainder = exact - amount * divisor;
    if (remainder > 0n) remainders.push({ part, remainder });
  }
  if (left === 0n) return breakdown;
  remainders.sort((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1));
  for (const { part } of remainders) {
    if (left === 0n) break;
    breakdown[part] = (breakdown[part] ?? 0n) + 1n;
    left -= 1n;
  }
  return breakdown;
}

function exactOf(rate: Rate): Exact {
  const found = known.get(rate);
  if (found !== undefined) return found;
  const scale = rate.decimalPlaces();
  const exact = { digits: BigInt(rate.toFixed(scale).replace('.', '')), scale };
  known.set(rate, exact);
  return exact;
}
