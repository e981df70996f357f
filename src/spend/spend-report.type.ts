import { Field, Int, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { SpendReportGroup, SpendReportGroups } from './spend-report.repository';

@ObjectType({ description: 'What was booked to one group of a spend report.' })
export class SpendGroup {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the bucket of time starts; null when the report has no buckets.',
  })
  time: Date | null;

  @Field(() => [String], {
    nullable: 'items',
    description: 'The ids or names of the group in the order of `groupBy`; null for calls that have none.',
  })
  values: (string | null)[];

  @Field(() => DecimalScalar, { description: 'Cost in US dollars, exact, corrections included.' })
  cost: string;

  @Field(() => BigIntScalar, { description: 'Calls.' })
  requests: bigint;

  @Field(() => BigIntScalar, { description: 'Calls that failed.' })
  failures: bigint;

  @Field(() => BigIntScalar, { description: 'Calls whose cost is not known; they add nothing to it.' })
  unpriced: bigint;

  @Field(() => BigIntScalar, { description: 'Input tokens of every kind.' })
  inputTokens: bigint;

  @Field(() => BigIntScalar, { description: 'Output tokens of every kind.' })
  outputTokens: bigint;
}

@ObjectType({
  description: 'Spend by groups, earliest bucket first and then the most expensive group first.',
})
export class SpendReport {
  @Field(() => [SpendGroup], { description: 'The groups, `first` of them at most.' })
  groups: SpendGroup[];

  @Field(() => Int, { description: 'How many groups there are, listed or not.' })
  groupCount: number;

  @Field(() => DecimalScalar, { description: 'Cost of all groups in US dollars, listed or not.' })
  totalCost: string;
}

export function toSpendReport({ groups, groupCount, totalCost }: SpendReportGroups): SpendReport {
  return { groups: groups.map(toSpendGroup), groupCount, totalCost: formatMoney(totalCost) };
}

function toSpendGroup(group: SpendReportGroup): SpendGroup {
  const values = group.values.map((value) => (value === '' ? null : value));
  return { ...group, values, cost: formatMoney(group.cost) };
}
