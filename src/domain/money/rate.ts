import { Decimal as DecimalJs } from 'decimal.js';
import { err, ok, type Result } from '../result';

/**
 * Exact decimal arithmetic for rates (USD per unit). The precision is far beyond any product of a rate, a count, a
 * discount and a multiplier, so nothing is rounded before the one rounding in `toMoney`.
 */
export const Decimal = DecimalJs.clone({
  precision: 120,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});
export type Rate = DecimalJs;

const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

/** Reads a rate from decimal text ("0.0000025", "2.5e-6"). Floats never reach it: doors hand over the digits as sent. */
export function parseRate(text: string): Result<Rate, string> {
  if (!DECIMAL.test(text.trim())) return err(`"${text}" is not a decimal number such as 0.0000025`);
  return ok(new Decimal(text.trim()));
}

const PICODOLLARS = new Decimal('1e12');

/** The one rounding of the ledger: dollars to whole picodollars, half up. */
export function toMoney(dollars: Rate): bigint {
  return BigInt(dollars.times(PICODOLLARS).toDecimalPlaces(0, DecimalJs.ROUND_HALF_UP).toFixed(0));
}
