import { buildSchema, graphql, GraphQLError, type ExecutionResult, type GraphQLScalarType } from 'graphql';
import { AppError } from '../../src/platform/errors';
import { formatError, unexpectedCause } from '../../src/platform/graphql/format-error';
import { DateTimeScalar, DecimalScalar } from '../../src/platform/graphql/scalars';

const schema = buildSchema(`
  scalar Decimal
  scalar DateTime
  enum Size { SMALL LARGE }
  type Query { echo(size: Size, amount: Decimal, at: DateTime): Size }
`);
for (const scalar of [DateTimeScalar, DecimalScalar]) {
  Object.assign(schema.getType(scalar.name) as GraphQLScalarType, scalar);
}

async function ask(
  variables: Record<string, unknown>,
  echo: () => unknown = () => 'SMALL',
): Promise<ExecutionResult> {
  const source =
    'query ($size: Size, $amount: Decimal, $at: DateTime) { echo(size: $size, amount: $amount, at: $at) }';
  return graphql({ schema, source, variableValues: variables, rootValue: { echo } });
}

describe('formatError', () => {
  it.each([
    [{ size: 'HUGE' }, /"HUGE" does not exist in "Size" enum/],
    [{ amount: 1.5 }, /Decimal must be text/],
    [{ at: 'yesterday' }, /invalid date-time-string/],
  ])('says what is wrong with the variables %j', async (variables, message) => {
    const [error] = (await ask(variables)).errors ?? [];
    expect(unexpectedCause(error)).toBeNull();
    expect(formatError(error)).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it("masks a resolver's fault, also when its own value is what GraphQL cannot write", async () => {
    const failed = await ask({}, () => {
      throw new Error('SELECT secret FROM table');
    });
    const unwritable = await ask({}, () => 'HUGE');
    for (const [error] of [failed.errors ?? [], unwritable.errors ?? []]) {
      expect(error).toBeInstanceOf(GraphQLError);
      expect(unexpectedCause(error)).not.toBeNull();
      expect(formatError(error)).toMatchObject({
        message: expect.stringMatching(/^Something went wrong/),
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
    }
  });

  it('says that the database is away, and leaves why to the log', async () => {
    const { errors } = await ask({}, () => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    });
    expect(unexpectedCause(errors?.[0])).toMatchObject({ code: 'ECONNREFUSED' });
    expect(formatError(errors?.[0])).toMatchObject({
      message: 'The database does not answer. Try again shortly.',
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  });

  it('tells the faults that are meant for the caller, with code and field', async () => {
    const { errors } = await ask({}, () => {
      throw new AppError('CONFLICT', 'Taken.', ['input', 'name']);
    });
    expect(formatError(errors?.[0])).toMatchObject({
      message: 'Taken.',
      path: ['echo'],
      extensions: { code: 'BAD_USER_INPUT', field: ['input', 'name'] },
    });
  });
});
