import { Field, Int, ObjectType } from 'type-graphql';
import type {
  ExhaustionAction,
  LimitMode,
  LimitPolicy,
  UnboundedPolicy,
} from '../domain/limits/limit-policy';
import { ExhaustionActionEnum, LimitModeEnum, UnboundedPolicyEnum } from './limit-policy.enum';

@ObjectType({ description: 'What becomes of calls that a limit has no room for.' })
export abstract class LimitPolicyFields implements LimitPolicy {
  @Field(() => LimitModeEnum, {
    description: 'Whether it acts on calls or only tells what it would have done.',
  })
  mode: LimitMode;

  @Field(() => ExhaustionActionEnum, { description: 'What happens once it has no room for a call.' })
  onExhaustion: ExhaustionAction;

  @Field(() => String, {
    nullable: true,
    description: 'The model that is called instead; null unless `onExhaustion` is FALL_BACK.',
  })
  fallbackModel: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long a call waits at most with THROTTLE, in milliseconds; null for 30000.',
  })
  throttleMaxWaitMs: number | null;

  @Field(() => UnboundedPolicyEnum, {
    description: 'What happens to a call with input of a size that its request does not tell.',
  })
  unboundedInput: UnboundedPolicy;

  @Field(() => Int, {
    nullable: true,
    description: 'Tokens held for each such thing with RESERVE; null for what the server is set to.',
  })
  unboundedInputTokens: number | null;
}
