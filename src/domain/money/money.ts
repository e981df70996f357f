/**
 * An amount of money: a whole number of picodollars (1e-12 USD), exact and unbounded. Signed, because corrections and
 * credits are amounts too. A *rate* is never Money: halved or discounted rates fall below a picodollar (see Rate).
 */
export type Money = bigint;

export const PICODOLLARS_PER_USD = 1_000_000_000_000n;

export function maxMoney(a: Money, b: Money): Money {
  return a > b ? a : b;
}
