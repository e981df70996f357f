import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import {
  SPEND_BUCKET_DOCS,
  SPEND_DIMENSION_DOCS,
  type SpendBucket,
  type SpendDimension,
} from '../domain/spend/report-words';
import { enumType } from '../platform/graphql/enum-type';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { SpendReportQuery } from './spend-report.repository';

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

@InputType({ description: 'What a spend report counts. All conditions must hold.' })
export class SpendReportFilterInput {
  @Field(() => ID, { nullable: true, description: 'Only calls of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only calls of this virtual key.' })
  keyId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only calls that went to this provider.' })
  provider?: string | null;

  @Field(() => String, { nullable: true, description: 'Only calls of exactly this model.' })
  model?: string | null;
}

@ArgsType()
export class SpendReportArgs {
  @Field(() => DateTimeScalar, {
    description: 'Calls let through at this instant or later. On a quarter of an hour.',
  })
  from: Date;

  @Field(() => DateTimeScalar, {
    description: 'Calls let through before this instant. On a quarter of an hour, 3,660 days later at most.',
  })
  to: Date;

  @Field(() => String, {
    defaultValue: 'UTC',
    description: 'The IANA zone whose wall clock the buckets follow, such as "Asia/Kathmandu".',
  })
  timezone: string;

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

  @Field(() => Int, { defaultValue: 100, description: 'How many groups to list at most, from 1 to 5,000.' })
  first: number;
}

export function toSpendReportQuery(args: SpendReportArgs): SpendReportQuery {
  const { organizationId, teamId, projectId, userId, keyId, provider, model } = args.filter ?? {};
  const wanted = {
    ORGANIZATION: organizationId,
    TEAM: teamId,
    PROJECT: projectId,
    USER: userId,
    KEY: keyId,
    PROVIDER: provider,
    MODEL: model,
  };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== null);
  return {
    from: args.from,
    to: args.to,
    timezone: args.timezone,
    groupBy: [...new Set(args.groupBy)],
    bucket: args.bucket ?? null,
    filter: Object.fromEntries(given),
    first: args.first,
  };
}
