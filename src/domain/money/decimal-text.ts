import { err, ok, type Result } from '../result';
import { PICODOLLARS_PER_USD, type Money } from './money';

/** numeric(38,12) holds 26 digits before the point; anything larger cannot be stored and is refused at the door. */
const MAX_INTEGER_DIGITS = 26;
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
const FRACTION_DIGITS = 12;

/**
 * Reads dollars written as a decimal ("12.345", "-0.5", "1e-6") into Money, exactly. Refuses what Money cannot hold:
 * more than 12 places after the point (unless they are zeros) or more than 26 before it. Never rounds.
 */
export function parseMoney(text: string): Result<Money, string> {
  const match = DECIMAL.exec(text.trim());
  if (!match) return err(`"${text}" is not a decimal number such as 12.34`);
  const [, sign, whole = '', fraction = '', exponentText] = match;
  const digits = whole + fraction;
  const places = fraction.length - Number(exponentText ?? '0');
  const shift = FRACTION_DIGITS - places;
  let value = BigInt(digits);
  if (shift >= 0) {
    value *= 10n ** BigInt(shift);
  } else {
    const divisor = 10n ** BigInt(-shift);
    if (value % divisor !== 0n)
      return err(`"${text}" has more than ${FRACTION_DIGITS} places after the decimal point`);
    value /= divisor;
  }
  if (value / PICODOLLARS_PER_USD >= 10n ** BigInt(MAX_INTEGER_DIGITS)) return err(`"${text}" is too large`);
  return ok(sign === '-' ? -value : value);
}

/** Writes Money as dollars with no exponent and no trailing zeros: 12_345_000_000_000n is "12.345", 0n is "0". */
export function formatMoney(money: Money): string {
  const negative = money < 0n;
  const absolute = negative ? -money : money;
  const whole = absolute / PICODOLLARS_PER_USD;
  const fraction = (absolute % PICODOLLARS_PER_USD)
    .toString()
    .padStart(FRACTION_DIGITS, '0')
    .replace(/0+$/, '');
  const text = fraction === '' ? whole.toString() : `${whole}.${fraction}`;
  return negative ? `-${text}` : text;
}
