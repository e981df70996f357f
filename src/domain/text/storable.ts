/**
 * PostgreSQL stores neither NUL nor half of a surrogate pair. Both become the replacement character, so that a stray
 * character in a client's tag cannot fail the batch in which its call is booked.
 */
export function storableText(text: string): string {
  if (!text.includes('\u0000') && text.isWellFormed()) return text;
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

/** The same for every string and member name inside a JSON value. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storableText(name), storableJson(member)]),
  );
}
