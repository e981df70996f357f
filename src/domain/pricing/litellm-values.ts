import { parseRate, type Rate } from '../money/rate';
import { InvalidField } from './json-reader';
import { parseUnitRate, rateFor, type UnitRate } from './unit-rate';

/** A price of the map, as decimal text. A JS number is refused: its digits are no longer those of the file. */
export function readPrice(value: unknown, per: number, field: string): UnitRate {
  const rate = parseUnitRate(decimalText(value, field));
  if (!rate.ok) throw new InvalidField(field, rate.error);
  return rateFor(rate.value.usd, per * rate.value.per);
}

export function readFactor(value: unknown, field: string): Rate {
  const factor = parseRate(decimalText(value, field));
  if (!factor.ok) throw new InvalidField(field, factor.error);
  if (factor.value.lessThan(0)) throw new InvalidField(field, 'is negative');
  return factor.value;
}

/** A number of tokens, or null where the map leaves it out or explains it in words (its "sample_spec" does). */
export function readTokens(value: unknown, field: string): number | null {
  if (value === undefined || value === null) return null;
  const text = decimalText(value, field);
  const count = parseRate(text);
  if (!count.ok) return null;
  const tokens = Number(text);
  return Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null;
}

export function readOptionalText(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new InvalidField(field, 'must be text');
  return value;
}

export function readMap(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidField(field, 'must be an object');
  }
  return value as Record<string, unknown>;
}

function decimalText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new InvalidField(field, 'must be a number kept as decimal text');
}
