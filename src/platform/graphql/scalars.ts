import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

const DECIMAL = /^-?\d{1,26}(\.\d{1,20})?$/;
const INTEGER = /^-?\d{1,30}$/;

/** Exact decimals travel as text in both directions: a JSON number has become a float before our code sees it. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, such as "12.34". JSON numbers are refused, because they are floats.',
  serialize: (value) => text(value, DECIMAL, 'Decimal'),
  parseValue: (value) => text(value, DECIMAL, 'Decimal'),
  parseLiteral(node) {
    if (node.kind !== Kind.STRING)
      throw new GraphQLError('Decimal must be written as text, such as "12.34".');
    return text(node.value, DECIMAL, 'Decimal');
  },
});

/** Counts that can pass 2^53, such as sums of tokens. */
export const BigIntScalar = new GraphQLScalarType<string, string>({
  name: 'BigInt',
  description: 'A whole number of any size as text, such as "9007199254740993".',
  serialize: (value) => text(value, INTEGER, 'BigInt'),
  parseValue: (value) => text(value, INTEGER, 'BigInt'),
  parseLiteral(node) {
    if (node.kind !== Kind.STRING && node.kind !== Kind.INT)
      throw new GraphQLError('BigInt must be a whole number.');
    return text(node.value, INTEGER, 'BigInt');
  },
});

export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'An instant in RFC 3339, such as "2026-11-24T12:00:00Z".',
});

export const JsonScalar = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'JSON that belongs to the caller, kept and returned as it was given.',
});

function text(value: unknown, shape: RegExp, name: string): string {
  const candidate = typeof value === 'bigint' ? value.toString() : value;
  if (typeof candidate !== 'string' || !shape.test(candidate)) {
    throw new GraphQLError(`${name} must be text that holds a number, such as "12".`);
  }
  return candidate;
}
