import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { CostStatus } from '../domain/pricing/cost';
import type { SpendKind, SpendStatus } from '../domain/spend/spend-words';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar } from '../platform/graphql/scalars';
import type { CallFilter } from './call-in-flight.repository';
import type { SpendLogFilter } from './spend-log-filter.repository';
import type { SpendLogList, SpendLogListOrder } from './spend-log-list.repository';
import { PricingStatusEnum, SpendKindEnum, SpendLogOrderEnum, SpendStatusEnum } from './spend.enum';

@InputType({ description: 'What calls belong to.' })
abstract class CallOwnersInput {
  @Field(() => ID, { nullable: true, description: 'Only those of this organization.' })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this user.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this virtual key.' })
  keyId?: string | null;
}

@InputType('SpendLogFilter', {
  description: 'Which rows of the spend log to list. All conditions must hold.',
})
export class SpendLogFilterInput extends CallOwnersInput implements SpendLogFilter {
  @Field(() => ID, { nullable: true, description: "Only those of this end user, by the caller's own id." })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that asked for exactly this model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that went to this provider.' })
  provider?: string | null;

  @Field(() => SpendStatusEnum, { nullable: true, description: 'Only those that ended so.' })
  status?: SpendStatus | null;

  @Field(() => SpendKindEnum, { nullable: true, description: 'Only calls, or only corrections.' })
  kind?: SpendKind | null;

  @Field(() => PricingStatusEnum, {
    nullable: true,
    description: 'Only those booked so; UNPRICED and PARTIAL ones wait for a price and `rerateSpend`.',
  })
  pricingStatus?: CostStatus | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only those of this call: its own row and its corrections.',
  })
  callId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those that carry this tag.' })
  tag?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only calls let through at this instant or later.',
  })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only calls let through before this instant.' })
  to?: Date | null;
}

@ArgsType()
export class SpendLogsArgs extends PageArgs {
  @Field(() => SpendLogFilterInput, {
    nullable: true,
    description: 'Which rows to list; all visible ones by default.',
  })
  filter?: SpendLogFilterInput | null;

  @Field(() => SpendLogOrderEnum, {
    nullable: true,
    description: 'In which order; newest call first by default.',
  })
  orderBy?: SpendLogListOrder | null;
}

export function toSpendLogList(args: SpendLogsArgs): SpendLogList {
  return { filter: args.filter ?? {}, order: args.orderBy ?? 'ADMITTED_AT_DESC', page: args };
}

@InputType('CallInFlightFilter', { description: 'Which calls in flight to list. All conditions must hold.' })
export class CallInFlightFilterInput extends CallOwnersInput implements CallFilter {
  @Field(() => String, { nullable: true, description: 'Only those that asked for exactly this model.' })
  model?: string | null;
}

@ArgsType()
export class CallsInFlightArgs extends PageArgs {
  @Field(() => CallInFlightFilterInput, {
    nullable: true,
    description: 'Which calls to list; all visible ones by default.',
  })
  filter?: CallInFlightFilterInput | null;
}

@InputType('SpendScopeInput', {
  description: 'Whose spend to follow: all that is visible to the caller, narrowed by what is given.',
})
export class SpendScopeInput extends CallOwnersInput {}
