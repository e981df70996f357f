import { assert } from '../assert';
import { Decimal, type Rate } from '../money/rate';
import type { Money } from '../money/money';

const PICODOLLARS = new Decimal('1e12');

/**
 * Rounds exact dollars to whole picodollars so that they add up to `total` (their exact sum, rounded): each is rounded
 * down, and the picodollars left over go to those with the largest remainders, in the given order where they tie.
 */
export function roundParts<K extends string>(
  parts: ReadonlyMap<K, Rate>,
  total: Money,
  order: readonly K[],
): Partial<Record<K, Money>> {
  const rounded: Partial<Record<K, Money>> = {};
  const remainders: { key: K; remainder: Rate }[] = [];
  let left = total;
  for (const key of order) {
    const dollars = parts.get(key);
    if (dollars === undefined) continue;
    const exact = dollars.times(PICODOLLARS);
    const floor = exact.floor();
    const amount = BigInt(floor.toFixed(0));
    rounded[key] = amount;
    left -= amount;
    const remainder = exact.minus(floor);
    if (!remainder.isZero()) remainders.push({ key, remainder });
  }
  assert(left >= 0n && left <= BigInt(remainders.length), 'the total is the rounded sum of the parts');
  remainders.sort((a, b) => Decimal.sub(b.remainder, a.remainder).comparedTo(0));
  for (const { key } of remainders) {
    if (left === 0n) break;
    rounded[key] = (rounded[key] ?? 0n) + 1n;
    left -= 1n;
  }
  return rounded;
}
