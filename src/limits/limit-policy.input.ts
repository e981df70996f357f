import { Field, InputType, Int } from 'type-graphql';
import type {
  ExhaustionAction,
  LimitMode,
  PolicyTerms,
  UnboundedPolicy,
} from '../domain/limits/limit-policy';
import { ExhaustionActionEnum, LimitModeEnum, UnboundedPolicyEnum } from './limit-policy.enum';

@InputType({ description: 'What becomes of calls that a limit has no room for.' })
export abstract class LimitPolicyInput implements PolicyTerms {
  @Field(() => LimitModeEnum, {
    nullable: true,
    description: 'Whether the limit acts on calls or only tells what it would have done; ENFORCE by default.',
  })
  mode?: LimitMode | null;

  @Field(() => ExhaustionActionEnum, {
    nullable: true,
    description: 'What happens once the limit has no room for a call; REFUSE by default.',
  })
  onExhaustion?: ExhaustionAction | null;

  @Field(() => String, {
    nullable: true,
    description: 'With FALL_BACK: the cheaper model that is called instead.',
  })
  fallbackModel?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'With THROTTLE: how long a call waits at most, 1 to 600000; 30000 by default.',
  })
  throttleMaxWaitMs?: number | null;

  @Field(() => UnboundedPolicyEnum, {
    nullable: true,
    description:
      'What happens to a call with input of a size that its request does not tell; RESERVE by default.',
  })
  unboundedInput?: UnboundedPolicy | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'With RESERVE: tokens to hold for each such thing. By default what the server is set to. Where several limits on ' +
      'the path name a number, the largest holds.',
  })
  unboundedInputTokens?: number | null;
}
