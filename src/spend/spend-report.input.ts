import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import {
  SPEND_BUCKET_DOCS,
  SPEND_DIMENSION_DOCS,
  SPEND_REPORT_ORDER_DOCS,
  type SpendBucket,
  type SpendDimension,
  type SpendReportOrder,
} from '../domain/spend/report-words';
import { enumType } from '../platform/graphql/enum-type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { SpendReportQuery } from './spend-report.repository';
import type { SpendReportAsk } from './spend-report.service';

export const SpendDimensionEnum = enumType(
  'SpendDimension',
  'What a spend report is grouped by.',
  SPEND_DIMENSION_DOCS,
);
export const SpendBucketEnum = enumType(
  'SpendBucket',
  'How long the buckets of time of a spend report are.',
  SPEND_BUCKET_DOCS,
);

export const SpendReportOrderEnum = enumType(
  'SpendReportOrder',
  'In which order the groups of a spend report are listed.',
  SPEND_REPORT_ORDER_DOCS,
);

@InputType({
  description: 'What a spend report counts. All conditions must hold; an empty list leaves nothing.',
})
export class SpendReportFilterInput {
  @Field(() => ID, { nullable: true, description: 'Only calls of this organization.' })
  organizationId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only calls of these organizations.' })
  organizationIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this team.' })
  teamId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only calls of these teams.' })
  teamIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this project.' })
  projectId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only calls of these projects.' })
  projectIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this user.' })
  userId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only calls of these users.' })
  userIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this virtual key.' })
  keyId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Only calls of these virtual keys.' })
  keyIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only calls that went to this provider.' })
  provider?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only calls that went to one of these providers.' })
  providers?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only calls of exactly this model.' })
  model?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only calls of exactly these models.' })
  models?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only calls of these endpoints.' })
  endpoints?: string[] | null;
}

@ArgsType()
export class SpendReportArgs {
  @Field(() => DateTimeScalar, {
    description: 'Calls let through at this instant or later. On a quarter of an hour.',
  })
  from: Date;

  @Field(() => DateTimeScalar, {
    description:
      'Calls let through before this instant. On a quarter of an hour, 3,660 days later at most; 400 by HOUR.',
  })
  to: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'The IANA zone whose wall clock the buckets follow, such as "Asia/Kathmandu"; by default the server\'s.',
  })
  timezone?: string | null;

  @Field(() => [SpendDimensionEnum], {
    defaultValue: [],
    description: 'One group for each combination of these; one for all by default.',
  })
  groupBy: SpendDimension[];

  @Field(() => SpendBucketEnum, {
    nullable: true,
    description: 'One group for each bucket of time also; buckets without spend are left out.',
  })
  bucket?: SpendBucket | null;

  @Field(() => SpendReportFilterInput, {
    nullable: true,
    description: 'What to count; all that is visible by default.',
  })
  filter?: SpendReportFilterInput | null;

  @Field(() => SpendReportOrderEnum, {
    defaultValue: 'TIME_ASC',
    description: 'In which order to list the groups.',
  })
  orderBy: SpendReportOrder;

  @Field(() => Int, { defaultValue: 100, description: 'How many groups to list at most, from 1 to 5,000.' })
  first: number;
}

@InputType({ description: 'Whose spend to compare, in which range.' })
export class TopSpendersInput {
  @Field(() => SpendDimensionEnum, { description: 'What to compare.' })
  dimension: SpendDimension;

  @Field(() => DateTimeScalar, {
    description: 'Calls let through at this instant or later. On a quarter of an hour.',
  })
  from: Date;

  @Field(() => DateTimeScalar, {
    description: 'Calls let through before this instant. On a quarter of an hour, 3,660 days later at most.',
  })
  to: Date;

  @Field(() => SpendReportFilterInput, {
    nullable: true,
    description: 'What to count; all that is visible by default.',
  })
  filter?: SpendReportFilterInput | null;

  @Field(() => Int, { defaultValue: 10, description: 'How many to list at most, from 1 to 5,000.' })
  first: number;
}

export function toReportAsk(args: SpendReportArgs): SpendReportAsk {
  const { from, to, first, timezone = null, bucket = null, orderBy: order } = args;
  return {
    ...{ from, to, first, timezone, bucket, order },
    groupBy: [...new Set(args.groupBy)],
    filter: toFilter(args.filter ?? {}),
  };
}

export function toTopAsk({ dimension, from, to, first, filter }: TopSpendersInput): SpendReportAsk {
  const groupBy = [dimension];
  const ask = { from, to, first, groupBy, timezone: null, bucket: null, order: 'COST_DESC' } as const;
  return { ...ask, filter: toFilter(filter ?? {}) };
}

function toFilter(filter: SpendReportFilterInput): SpendReportQuery['filter'] {
  const wanted = {
    ORGANIZATION: both(filter.organizationId, filter.organizationIds),
    TEAM: both(filter.teamId, filter.teamIds),
    PROJECT: both(filter.projectId, filter.projectIds),
    USER: both(filter.userId, filter.userIds),
    KEY: both(filter.keyId, filter.keyIds),
    PROVIDER: both(filter.provider, filter.providers),
    MODEL: both(filter.model, filter.models),
    ENDPOINT: filter.endpoints ?? null,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, values]) => values !== null));
}

/** Both conditions hold: of the list, the one alone. Null for neither. */
function both(
  one: string | null | undefined,
  list: readonly string[] | null | undefined,
): readonly string[] | null {
  if (one == null) return list ?? null;
  return list == null || list.includes(one) ? [one] : [];
}
