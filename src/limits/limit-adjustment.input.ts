import { Field, ID, InputType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { CreditLimit, IncreaseLimit, ResetLimit } from './limit-adjustment.service';

@InputType({ description: 'What is booked beside what calls spend.' })
abstract class AdjustmentInput {
  @Field(() => ID, { description: 'The limit.' })
  limitId: string;

  @Field(() => String, { description: 'Why, for those who read it later; at most 2,000 characters.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input are booked once.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Whose window is adjusted.' })
abstract class HolderAdjustmentInput extends AdjustmentInput {
  @Field(() => ID, {
    nullable: true,
    description: 'With a limit of a template: the assignment by which the holder has it.',
  })
  assignmentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'With a limit of a template: the holder, written as the `scopeId` of a limit on it would be.',
  })
  holderId?: string | null;
}

@InputType('IncreaseLimitInput', { description: 'More room in a limit for a while.' })
export class IncreaseLimitInput extends AdjustmentInput implements IncreaseLimit {
  @Field(() => DecimalScalar, { description: "What to add to the limit's amount, in its unit; above zero." })
  amount: string;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself; an instant to come.' })
  expiresAt: Date;
}

@InputType('CreditLimitInput', { description: 'An amount to give back in the present window of a limit.' })
export class CreditLimitInput extends HolderAdjustmentInput implements CreditLimit {
  @Field(() => DecimalScalar, {
    description: "What to take off what is spent, in the limit's unit; above zero.",
  })
  amount: string;
}

@InputType('ResetLimitInput', { description: 'The limit whose present window begins again at zero.' })
export class ResetLimitInput extends HolderAdjustmentInput implements ResetLimit {}
