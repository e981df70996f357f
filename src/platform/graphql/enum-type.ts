import { registerEnumType } from 'type-graphql';

/**
 * A GraphQL enum of the values that a domain constant documents, one description each. Values in camelCase get names in
 * CAPITALS. Use what it returns as the type of a field: `@Field(() => LimitUnitEnum)`.
 */
export function enumType<Value extends string>(
  name: string,
  description: string,
  docs: Readonly<Record<Value, string>>,
): Readonly<Record<string, Value>> {
  const values = Object.keys(docs) as Value[];
  const type = Object.fromEntries(values.map((value) => [nameOf(value), value]));
  const valuesConfig = Object.fromEntries(
    values.map((value) => [nameOf(value), { description: docs[value] }]),
  );
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

/** inputCacheWrite5m is INPUT_CACHE_WRITE_5M; what has no small letters stays as it is. */
function nameOf(value: string): string {
  return /[a-z]/.test(value) ? value.replace(/[A-Z]|\d+/g, (part) => `_${part}`).toUpperCase() : value;
}
