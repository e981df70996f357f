import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { loadUser } from '../users/user.loader';
import { User } from '../users/user.type';
import { AddTeamMemberInput, RemoveTeamMemberInput, UpdateTeamMemberInput } from './team-member.input';
import {
  AddTeamMemberPayload,
  RemoveTeamMemberPayload,
  UpdateTeamMemberPayload,
} from './team-member.payload';
import { TeamMemberService } from './team-member.service';
import { TeamMember, toTeamMember } from './team-member.type';
import { loadTeam } from './team.loader';
import { Team } from './team.type';

const payload = (row: Parameters<typeof toTeamMember>[0]) => ({ member: toTeamMember(row) });

@Resolver(() => TeamMember)
export class TeamMemberResolver {
  constructor(private readonly members: TeamMemberService) {}

  @FieldResolver(() => Team, { nullable: true, description: 'The team.' })
  team(@Ctx() ctx: RequestContext, @Root() member: TeamMember): Promise<Team | null> {
    return loadTeam(ctx, member.teamId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The user who is the member.' })
  user(@Ctx() ctx: RequestContext, @Root() member: TeamMember): Promise<User | null> {
    return loadUser(ctx, member.userId);
  }

  @Mutation(() => AddTeamMemberPayload, {
    description: describe(
      'Makes a user a member of a team. It need not be a member of the organization, whose record becomes visible to it.',
      RULES.teamAdmin,
    ),
  })
  async addTeamMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => AddTeamMemberInput, { description: 'The new member.' })
    input: AddTeamMemberInput,
  ): Promise<AddTeamMemberPayload> {
    return toPayload(await this.members.add(ctx, input), payload);
  }

  @Mutation(() => UpdateTeamMemberPayload, {
    description: describe('Gives a member of a team another role.', RULES.teamAdmin),
  })
  async updateTeamMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateTeamMemberInput, { description: 'The member and the new role.' })
    input: UpdateTeamMemberInput,
  ): Promise<UpdateTeamMemberPayload> {
    return toPayload(await this.members.update(ctx, input), payload);
  }

  @Mutation(() => RemoveTeamMemberPayload, {
    description: describe(
      'Ends the membership of a user in a team. A membership in its organization is apart from it and stays.',
      RULES.teamAdmin,
    ),
  })
  async removeTeamMember(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RemoveTeamMemberInput, { description: 'The member to remove.' })
    input: RemoveTeamMemberInput,
  ): Promise<RemoveTeamMemberPayload> {
    return toPayload(await this.members.remove(ctx, input), ({ id }) => ({ removedMemberId: id }));
  }
}
