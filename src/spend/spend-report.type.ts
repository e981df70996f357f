import { Field, ID, Int, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import type { SpendDimension } from '../domain/spend/report-words';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { orNull } from './absent';
import type { SpendReportGroup, SpendReportGroups } from './spend-report.repository';
import type { SpendSums as Sums } from './spend-sums.repository';

@ObjectType({ description: 'Sums of what was booked.' })
export class SpendReportTotals {
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

  @Field(() => BigIntScalar, { description: 'Input tokens that were read from a cache.' })
  cacheReadTokens: bigint;

  @Field(() => BigIntScalar, { description: 'Input tokens that were written to a cache.' })
  cacheWriteTokens: bigint;

  @Field(() => BigIntScalar, { description: 'Output tokens that were reasoning.' })
  reasoningTokens: bigint;
}

@ObjectType({ description: 'What was booked to one group of a spend report.' })
export class SpendReportRow extends SpendReportTotals {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the bucket of time starts, which may be before the range, though nothing before it counts; null when the ' +
      'report has no buckets.',
  })
  time: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'First instant after the bucket of time; null when the report has no buckets.',
  })
  timeEnd: Date | null;

  @Field(() => ID, { nullable: true, description: 'The organization; null when not grouped by it.' })
  organizationId: string | null;

  @Field(() => ID, { nullable: true, description: 'The team; null for none, and when not grouped by it.' })
  teamId: string | null;

  @Field(() => ID, { nullable: true, description: 'The project; null for none, and when not grouped by it.' })
  projectId: string | null;

  @Field(() => ID, { nullable: true, description: 'The user; null for none, and when not grouped by it.' })
  userId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The virtual key; null for none, and when not grouped by it.',
  })
  keyId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The provider; null when not known or not grouped by it.',
  })
  provider: string | null;

  @Field(() => String, { nullable: true, description: 'The model; null when not grouped by it.' })
  model: string | null;

  @Field(() => String, { nullable: true, description: 'The endpoint; null when not grouped by it.' })
  endpoint: string | null;
}

@ObjectType({ description: 'Spend by groups, in the order that was asked for.' })
export class SpendReport {
  @Field(() => [SpendReportRow], { description: 'The groups, `first` of them at most.' })
  groups: SpendReportRow[];

  @Field(() => Int, { description: 'How many groups there are, listed or not.' })
  groupCount: number;

  @Field(() => DecimalScalar, { description: 'Cost of all groups in US dollars, listed or not.' })
  totalCost: string;

  @Field(() => SpendReportTotals, { description: 'Sums of all groups, listed or not.' })
  total: SpendReportTotals;
}

export function toSpendReport({ groups, groupCount, total }: SpendReportGroups): SpendReport {
  const totalCost = formatMoney(total.cost);
  return { groups: groups.map(toReportRow), groupCount, totalCost, total: toSums(total) };
}

function toReportRow({ period, values, ...sums }: SpendReportGroup): SpendReportRow {
  const byDimension = new Map(values);
  const value = (dimension: SpendDimension): string | null => orNull(byDimension.get(dimension) ?? '');
  return {
    ...toSums(sums),
    time: period && new Date(period.startsAtMs),
    timeEnd: period && new Date(period.endsAtMs),
    organizationId: value('ORGANIZATION'),
    teamId: value('TEAM'),
    projectId: value('PROJECT'),
    userId: value('USER'),
    keyId: value('KEY'),
    provider: value('PROVIDER'),
    model: value('MODEL'),
    endpoint: value('ENDPOINT'),
  };
}

function toSums(sums: Sums): Omit<Sums, 'cost'> & { readonly cost: string } {
  return { ...sums, cost: formatMoney(sums.cost) };
}
