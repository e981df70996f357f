import { Field, ID, InputType, Int } from 'type-graphql';
import { DecimalScalar } from '../platform/graphql/scalars';
import type { SetMemberKeyPolicy } from './member-key-policy.service';

@InputType('SetMemberKeyPolicyInput', {
  description:
    'What the plain members of a team may do with keys of their own. What is absent stays; null clears a bound. Keys that ' +
    'they have already stay as they are.',
})
export class SetMemberKeyPolicyInput implements SetMemberKeyPolicy {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may at all; not by default.' })
  enabled?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Models that their keys may use, within those of the team; null for all of them.',
  })
  models?: string[] | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What each of their keys may spend in a window, in USD; null for no limit.',
  })
  maxAmount?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The window of maxAmount, such as `30d` or `monthly`; null for one that never ends.',
  })
  duration?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long each of their keys lives at most, in seconds from its making; null for ever.',
  })
  maxLifetimeSeconds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many usable keys each member may have in the team; null for any number.',
  })
  maxKeys?: number | null;
}
