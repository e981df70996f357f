import { registerEnumType } from 'type-graphql';

/**
 * A GraphQL enum of the values that a domain constant documents, one description each. Use what it returns as the type
 * of a field: `@Field(() => LimitUnitEnum)`.
 */
export function enumType<Value extends string>(
  name: string,
  description: string,
  docs: Readonly<Record<Value, string>>,
): Readonly<Record<Value, Value>> {
  const values = Object.keys(docs) as Value[];
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  const valuesConfig = Object.fromEntries(values.map((value) => [value, { description: docs[value] }]));
  registerEnumType(type, {
    name,
    description,
    valuesConfig: valuesConfig as Record<Value, { description: string }>,
  });
  return type;
}
