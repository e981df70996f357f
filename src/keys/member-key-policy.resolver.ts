import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { Team, toTeam } from '../teams/team.type';
import { NO_MEMBER_KEYS } from './member-key-policy.entity';
import { SetMemberKeyPolicyInput } from './member-key-policy.input';
import { SetMemberKeyPolicyPayload } from './member-key-policy.payload';
import { memberKeyPolicies } from './member-key-policy.repository';
import { MemberKeyPolicyService } from './member-key-policy.service';
import { MemberKeyPolicy, toMemberKeyPolicy } from './member-key-policy.type';

@Resolver(() => Team)
export class MemberKeyPolicyResolver {
  constructor(private readonly policies: MemberKeyPolicyService) {}

  @FieldResolver(() => MemberKeyPolicy, {
    description: 'What the plain members of the team may do with keys of their own.',
  })
  async memberKeyPolicy(@Ctx() ctx: RequestContext, @Root() team: Team): Promise<MemberKeyPolicy> {
    const loader = ctx.loaders.byId('memberKeyPolicy', (ids) => memberKeyPolicies(ctx.db.manager, ids));
    return toMemberKeyPolicy((await loader.load(team.id)) ?? NO_MEMBER_KEYS);
  }

  @Mutation(() => SetMemberKeyPolicyPayload, {
    description: describe(
      'Sets what the plain members of a team may do with keys of their own.',
      RULES.teamAdmin,
    ),
  })
  async setMemberKeyPolicy(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SetMemberKeyPolicyInput, { description: 'The rules.' })
    input: SetMemberKeyPolicyInput,
  ): Promise<SetMemberKeyPolicyPayload> {
    return toPayload(await this.policies.set(ctx, input), (row) => ({ team: toTeam(row) }));
  }
}
