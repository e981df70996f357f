import { isLosslessNumber } from 'lossless-json';
import { Decimal } from '../domain/money/rate';
import { plainJson } from '../litellm/lossless';
import type { SourceRow } from './litellm-source';

/** The text of a column; null when it is absent or empty, which LiteLLM writes for the same. */
export function textOf(row: SourceRow, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function isSet(row: SourceRow, column: string): boolean {
  return row[column] === true;
}

/** The text, cut where it would not fit into an index. */
export function bounded(text: string, maxBytes = 255): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  // A letter that is cut through reads as the replacement character, which is left out.
  return Buffer.from(text)
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}

/** The texts of a list; whatever else is in it is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** The members of a JSON column; none for whatever is no object. Old versions write objects as text. */
export function membersOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'string') return membersOf(parsedOrNull(value));
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !isLosslessNumber(value) ? (value as Record<string, unknown>) : {};
}

/** The same with plain numbers, to be kept as JSON. */
export function plainMembers(value: unknown): Record<string, unknown> {
  const plain = plainJson(membersOf(value), false);
  return plain.ok ? membersOf(plain.value) : {};
}

/** LiteLLM keeps instants of UTC without their zone. Null for what is no instant. */
export function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const instant = new Date(/(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A whole number; null for anything else. */
export function wholeOf(value: unknown): number | null {
  const number = isLosslessNumber(value) ? Number(value.toString()) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

const PLACES = 12;
const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

/**
 * An amount that LiteLLM keeps as a float, as exact decimal text: the shortest one that is that float, which PostgreSQL
 * writes, rounded half up at the 12 places that are kept here. Null for what is no number, as NaN.
 */
export function amountOf(value: unknown): string | null {
  const text = isLosslessNumber(value) ? value.toString() : value;
  if (typeof text !== 'string' || !DECIMAL.test(text.trim())) return null;
  return new Decimal(text.trim()).toDecimalPlaces(PLACES, Decimal.ROUND_HALF_UP).toFixed();
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
