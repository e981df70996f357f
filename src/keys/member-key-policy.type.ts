import { Field, Int, ObjectType } from 'type-graphql';
import type { MemberKeyPolicy as Policy } from '../domain/keys/member-keys';
import { formatMoney } from '../domain/money/decimal-text';
import { DecimalScalar } from '../platform/graphql/scalars';

@ObjectType('MemberKeyPolicy', {
  description:
    'What the plain members of a team (role MEMBER) may do with keys of their own: make, change, rotate, block, end and ' +
    'delete them within these bounds.',
})
export class MemberKeyPolicy {
  @Field(() => Boolean, { description: 'Whether they may at all; not by default.' })
  enabled: boolean;

  @Field(() => [String], {
    description:
      'Models that their keys may use, as names or patterns with `*`; empty means all of the team.',
  })
  models: string[];

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What each of their keys may spend in a window, in USD: a new key gets this limit, which they may lower; it wins ' +
      'over one of a template that counts the same. Null for none.',
  })
  maxAmount: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The window of maxAmount, such as `30d` or `monthly`; null for one that never ends.',
  })
  duration: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long each of their keys lives at most, in seconds from its making; null for ever.',
  })
  maxLifetimeSeconds: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many usable keys each member may have in the team; null for any number.',
  })
  maxKeys: number | null;
}

export function toMemberKeyPolicy(policy: Policy): MemberKeyPolicy {
  const { enabled, duration, maxLifetimeSeconds, maxKeys } = policy;
  const maxAmount = policy.maxAmount === null ? null : formatMoney(policy.maxAmount);
  return { enabled, models: [...policy.models], maxAmount, duration, maxLifetimeSeconds, maxKeys };
}
