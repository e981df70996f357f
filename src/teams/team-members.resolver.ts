import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadMembersOfTeam } from './team-member.loader';
import { TeamMemberConnection, type TeamMember } from './team-member.type';
import { Team } from './team.type';

@Resolver(() => Team)
export class TeamMembersResolver {
  @FieldResolver(() => TeamMemberConnection, {
    description: 'Its members, oldest first. Members see each other; a key sees none.',
  })
  members(
    @Ctx() ctx: RequestContext,
    @Root() team: Team,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<TeamMember>> {
    return loadMembersOfTeam(ctx, team.id, args);
  }
}
