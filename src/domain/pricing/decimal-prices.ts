/**
 * The same prices with every number as its decimal text. Numbers in code and in JSON have the digits that they were written
 * with, up to the seventeen that a float tells apart, so their shortest text is what was meant: 1e-6 is "0.000001".
 */
export function withDecimalText(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(withDecimalText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDecimalText(inner)]));
}
