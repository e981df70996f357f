import { Field, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import { BigIntScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { SpendTotalRow } from './spend-total.repository';

@ObjectType('SpendTotals', {
  description:
    'All that was ever booked to something, corrections included. Unpriced calls add nothing to the cost.',
})
export class SpendTotals {
  @Field(() => DecimalScalar, { description: 'Cost in US dollars, exact.' })
  cost: string;

  @Field(() => BigIntScalar, { description: 'Calls.' })
  requests: bigint;

  @Field(() => BigIntScalar, { description: 'Input tokens of every kind.' })
  inputTokens: bigint;

  @Field(() => BigIntScalar, { description: 'Output tokens of every kind.' })
  outputTokens: bigint;
}

/** Zeros when nothing was booked yet. */
export function toSpendTotals(row: SpendTotalRow | null): SpendTotals {
  if (row === null) return { cost: '0', requests: 0n, inputTokens: 0n, outputTokens: 0n };
  const { requests, inputTokens, outputTokens } = row;
  return { cost: formatMoney(row.cost), requests, inputTokens, outputTokens };
}
