import { Field, ID, Int, ObjectType } from 'type-graphql';
import { fallbackFromOf } from '../domain/ledger/fallback-metadata';
import { formatMoney } from '../domain/money/decimal-text';
import type { CostStatus } from '../domain/pricing/cost';
import type { SpendKind, SpendStatus, UsageSource } from '../domain/spend/spend-words';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { BigIntScalar, DateTimeScalar, DecimalScalar, JsonScalar } from '../platform/graphql/scalars';
import { orNull } from './absent';
import { CostBreakdown, toCostBreakdown } from './cost-breakdown.type';
import { bookedCursor } from './spend-log-list.repository';
import type { SpendLogEntity } from './spend-log.entity';
import { PricingStatusEnum, SpendKindEnum, SpendStatusEnum, UsageSourceEnum } from './spend.enum';
import { toUsageAmounts, UsageAmount } from './usage-amount.type';

@ObjectType('SpendLog', {
  implements: Node,
  description:
    'A row of the append-only log of spend: a call that ended, or a signed correction. It is never changed. Names and ' +
    'tags are those of the time of the call.',
})
export class SpendLog implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `spend_`.' })
  id: string;

  @Field(() => String, {
    description: 'Place of the row in the order of writing, for `after` of `spendLogs(orderBy: BOOKED_ASC)`.',
  })
  bookedCursor: string;

  @Field(() => SpendKindEnum, { description: 'What the row stands for.' })
  kind: SpendKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the call, as answers carry it in a header; null for a correction that belongs to no call.',
  })
  callId: string | null;

  @Field(() => DateTimeScalar, {
    description: 'When the call was let through. It counts in the windows of this instant.',
  })
  admittedAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the row was written.' })
  bookedAt: Date;

  @Field(() => SpendStatusEnum, { description: 'How the call ended.' })
  status: SpendStatus;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Cost in US dollars, exact; null when unpriced, which is not zero. Corrections may be negative.',
  })
  cost: string | null;

  @Field(() => PricingStatusEnum, { description: 'How sure the cost is.' })
  pricingStatus: CostStatus;

  @Field(() => CostBreakdown, {
    nullable: true,
    description: 'The parts of the cost; null when there are none.',
  })
  costBreakdown: CostBreakdown | null;

  @Field(() => DecimalScalar, {
    description: 'What was held for the call before it was sent, in US dollars.',
  })
  hold: string;

  @Field(() => DecimalScalar, {
    description: 'By how much the cost passed the hold, in US dollars; else "0".',
  })
  overrun: string;

  @Field(() => [UsageAmount], {
    description: 'What was used, unit by unit; units that were not used are left out.',
  })
  usage: UsageAmount[];

  @Field(() => UsageSourceEnum, { description: 'Where the usage comes from.' })
  usageSource: UsageSource;

  @Field(() => BigIntScalar, { description: 'Input tokens of every kind. Corrections may be negative.' })
  inputTokens: string;

  @Field(() => BigIntScalar, { description: 'Output tokens of every kind. Corrections may be negative.' })
  outputTokens: string;

  @Field(() => String, {
    description:
      'Model that was asked for, or, where a limit fell back, the one that was called in its place.',
  })
  model: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Model that the client asked for where a limit without room fell back to `model`; else null.',
  })
  fallbackFrom: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Model that the provider says it used; null when it did not say.',
  })
  servedModel: string | null;

  @Field(() => String, { description: 'Provider that the call went to.' })
  provider: string;

  @Field(() => String, { description: 'Route that was called, such as `/v1/chat/completions`.' })
  endpoint: string;

  @Field(() => Boolean, { description: 'Whether the answer was a stream.' })
  stream: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Time until the last byte, in milliseconds; null when not measured.',
  })
  durationMs: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Time until the first byte, in milliseconds; null when none came.',
  })
  firstByteMs: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the provider; null when it did not answer.',
  })
  httpStatus: number | null;

  @Field(() => String, { nullable: true, description: 'What went wrong; null when nothing did.' })
  error: string | null;

  @Field(() => [String], { description: 'Tags of the call.' })
  tags: string[];

  @Field(() => JsonScalar, { description: 'Metadata that the caller sent with the call.' })
  metadata: Record<string, unknown>;

  @Field(() => ID, {
    nullable: true,
    description: "The caller's own id of its end user; null when it sent none.",
  })
  customerId: string | null;

  @Field(() => String, { nullable: true, description: 'Who made a correction; null for calls.' })
  actor: string | null;

  @Field(() => String, { nullable: true, description: 'Why a correction was made; null for calls.' })
  reason: string | null;

  @Field(() => String, { description: 'Name of the organization at the time.' })
  organizationName: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the team at the time; null when there was none.',
  })
  teamName: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Alias of the key at the time; null when it had none.',
  })
  keyAlias: string | null;

  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly keyId: string | null;
  readonly deploymentId: string | null;
  readonly priceId: string | null;
}

export const SpendLogConnection = connectionType(SpendLog, 'SpendLog');

export function toSpendLog(row: SpendLogEntity): SpendLog {
  const { id, kind, callId, admittedAt, bookedAt, status, pricingStatus, usageSource } = row;
  const { inputTokens, outputTokens, model, servedModel, provider, endpoint, stream } = row;
  const { durationMs, firstByteMs, httpStatus, error, tags, metadata, actor, reason } = row;
  const { organizationId, organizationName } = row;
  return {
    ...{ id, kind, callId, admittedAt, bookedAt, status, pricingStatus, usageSource },
    ...{ inputTokens, outputTokens, model, servedModel, provider, endpoint, stream },
    ...{ durationMs, firstByteMs, httpStatus, error, tags, metadata, actor, reason },
    ...{ organizationId, organizationName },
    fallbackFrom: fallbackFromOf(row.metadata),
    bookedCursor: bookedCursor(row),
    cost: row.cost === null ? null : formatMoney(row.cost),
    costBreakdown: toCostBreakdown(row.costBreakdown),
    hold: formatMoney(row.hold),
    overrun: formatMoney(row.overrun),
    usage: toUsageAmounts(row.usage),
    customerId: orNull(row.customerId),
    teamName: orNull(row.teamName),
    keyAlias: orNull(row.keyAlias),
    teamId: orNull(row.teamId),
    projectId: orNull(row.projectId),
    userId: orNull(row.userId),
    keyId: orNull(row.keyId),
    deploymentId: orNull(row.deploymentId),
    priceId: row.priceId,
  };
}
