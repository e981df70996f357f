/** Readers of untrusted JSON: each answers null instead of a value of another type. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The number class of lossless JSON parsers, recognised by its mark, so that both kinds of parsing are understood. */
interface LosslessNumber {
  readonly isLosslessNumber: true;
  toString(): string;
}

export function asRecord(value: unknown): JsonRecord | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isLossless(value)) return null;
  return value as JsonRecord;
}

/** The value when it is an array, else an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A whole, non-negative, safe number; null for anything else. */
export function asCount(value: unknown): number | null {
  const number = isLossless(value) ? Number(value.toString()) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** The digits of a finite number as decimal text; null for anything else. */
export function asDecimalText(value: unknown): string | null {
  if (isLossless(value)) return value.toString();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

function isLossless(value: unknown): value is LosslessNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    'isLosslessNumber' in value &&
    value.isLosslessNumber === true
  );
}
