import { isLosslessNumber, isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import { err, ok, type Result } from '../domain/result';

/** The members of a JSON object to be written. Amounts in it are exact numbers. */
export type Json = Readonly<Record<string, unknown>>;

/** Deeper than any metadata that people write. */
const MAX_DEPTH = 100;

/** JSON with every number as the digits that were sent, so that no amount passes through a float. */
export function parseLossless(text: string): Result<unknown, string> {
  try {
    return ok(parse(text));
  } catch (error) {
    if (error instanceof RangeError) return err('The request body is nested too deep.');
    // The parser's message may quote the body, and bodies hold secrets.
    const isDuplicate = error instanceof Error && error.message.startsWith('Duplicate key');
    return err(
      isDuplicate ? 'The request body names a member twice.' : 'The request body is not valid JSON.',
    );
  }
}

export function writeLossless(value: unknown): string {
  return stringify(value) ?? 'null';
}

/** An amount as a JSON number with all its digits. Counts of limits are kept as amounts are. */
export function exactNumber(amount: Money): LosslessNumber {
  return new LosslessNumber(formatMoney(amount));
}

export function exactNumberOrNull(amount: Money | null): LosslessNumber | null {
  return amount === null ? null : exactNumber(amount);
}

/** The digits of a number, or of a text that holds one, as LiteLLM takes both; null for anything else. */
export function decimalOf(value: unknown): string | null {
  if (isLosslessNumber(value)) return value.toString();
  return typeof value === 'string' ? value.trim() : null;
}

/**
 * The value with plain numbers in place of digits. With `exact`, a number that would lose digits is refused, so that
 * what is stored comes back as it was sent.
 */
export function plainJson(value: unknown, exact: boolean): Result<unknown, string> {
  try {
    return ok(toPlain(value, exact, 0));
  } catch (error) {
    if (error instanceof NotPlain) return err(error.message);
    throw error;
  }
}

class NotPlain extends Error {}

function toPlain(value: unknown, exact: boolean, depth: number): unknown {
  if (isLosslessNumber(value)) {
    const text = value.toString();
    if (exact && !isSafeNumber(text)) {
      throw new NotPlain(`holds the number ${text}, which would lose digits; write it as text`);
    }
    return Number(text);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) throw new NotPlain(`is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return value.map((item) => toPlain(item, exact, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, toPlain(inner, exact, depth + 1)]),
  );
}
