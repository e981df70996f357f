import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { LimitAdjustment, LimitIncrease, toLimitAdjustment, toLimitIncrease } from './limit-adjustment.type';
import type { Adjusted, Increased } from './limit-adjustment.service';
import { Limit, toLimit } from './limit.type';

@ObjectType('IncreaseLimitPayload', { description: 'The outcome of `increaseLimit`.' })
export class IncreaseLimitPayload extends Payload {
  @Field(() => Limit, { nullable: true, description: 'The limit; null when it was not increased.' })
  limit?: Limit | null;

  @Field(() => LimitIncrease, { nullable: true, description: 'The increase; null when none was made.' })
  increase?: LimitIncrease | null;
}

@ObjectType('CreditLimitPayload', { description: 'The outcome of `creditLimit`.' })
export class CreditLimitPayload extends Payload {
  @Field(() => Limit, { nullable: true, description: 'The limit; null when nothing was booked.' })
  limit?: Limit | null;

  @Field(() => LimitAdjustment, { nullable: true, description: 'The credit; null when none was booked.' })
  adjustment?: LimitAdjustment | null;
}

@ObjectType('ResetLimitPayload', { description: 'The outcome of `resetLimit`.' })
export class ResetLimitPayload extends Payload {
  @Field(() => Limit, { nullable: true, description: 'The limit; null when nothing was booked.' })
  limit?: Limit | null;

  @Field(() => LimitAdjustment, { nullable: true, description: 'The reset; null when none was booked.' })
  adjustment?: LimitAdjustment | null;
}

export function toAdjusted({ limit, adjustment }: Adjusted): { limit: Limit; adjustment: LimitAdjustment } {
  return { limit: toLimit(limit), adjustment: toLimitAdjustment(adjustment) };
}

export function toIncreased({ limit, increase }: Increased): { limit: Limit; increase: LimitIncrease } {
  return { limit: toLimit(limit), increase: toLimitIncrease(increase) };
}
