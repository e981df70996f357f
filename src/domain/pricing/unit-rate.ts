import { Decimal, parseRate, type Rate } from '../money/rate';
import { err, ok, type Result } from '../result';

/**
 * What one unit of usage costs: `usd` dollars for every `per` units. Nearly all rates have `per` 1. A price by the minute
 * or hour of audio has not, because 0.017 USD a minute is no finite decimal per millisecond, and it must stay exact.
 */
export interface UnitRate {
  readonly usd: Rate;
  readonly per: number;
}

const MAX_TEXT_LENGTH = 80;
const MAX_DECIMAL_PLACES = 40;
const MAX_USD = new Decimal('1e9');
const FRACTION = /^([^/]+)\/(\d{1,15})$/;

/** A price for `per` units, brought down to one unit where that is a finite decimal: 2.5 USD a million is 0.0000025. */
export function rateFor(usd: Rate, per: number): UnitRate {
  const perUnit = usd.dividedBy(per);
  const isFinite = perUnit.decimalPlaces() <= MAX_DECIMAL_PLACES && perUnit.times(per).equals(usd);
  return isFinite ? { usd: perUnit, per: 1 } : { usd, per };
}

/** The dollars for a quantity, unrounded. The division comes last, so that an amount with a finite decimal is exact. */
export function dollarsFor(quantity: number, rate: UnitRate): Rate {
  const dollars = rate.usd.times(quantity);
  return rate.per === 1 ? dollars : dollars.dividedBy(rate.per);
}

export function timesRate(rate: UnitRate, factor: Rate): UnitRate {
  return { usd: rate.usd.times(factor), per: rate.per };
}

/** Less than, equal or greater than zero as `a` is cheaper than, as dear as, or dearer than `b`. Exact. */
export function compareRates(a: UnitRate, b: UnitRate): number {
  return a.per === b.per ? a.usd.comparedTo(b.usd) : a.usd.times(b.per).comparedTo(b.usd.times(a.per));
}

/** Reads "0.0000025" (USD for one unit) or "0.017/60000" (0.017 USD for 60,000 units). Refuses a negative rate. */
export function parseUnitRate(text: string): Result<UnitRate, string> {
  if (text.length > MAX_TEXT_LENGTH) return err(`a rate has at most ${MAX_TEXT_LENGTH} characters`);
  const fraction = FRACTION.exec(text.trim());
  const usd = parseRate(fraction?.[1] ?? text);
  if (!usd.ok) return usd;
  if (usd.value.isNegative() && !usd.value.isZero()) {
    return err(`"${text}" is negative; a rate is zero or more`);
  }
  if (usd.value.greaterThan(MAX_USD)) return err(`"${text}" is above ${MAX_USD.toFixed()} USD`);
  if (usd.value.decimalPlaces() > MAX_DECIMAL_PLACES) {
    return err(`"${text}" has more than ${MAX_DECIMAL_PLACES} decimal places`);
  }
  const per = Number(fraction?.[2] ?? '1');
  if (per < 1) return err(`"${text}" divides by zero`);
  return ok({ usd: usd.value.abs(), per });
}

/** Writes a rate as `parseUnitRate` reads it: no exponent, no trailing zeros. */
export function formatUnitRate(rate: UnitRate): string {
  return rate.per === 1 ? rate.usd.toFixed() : `${rate.usd.toFixed()}/${rate.per}`;
}
