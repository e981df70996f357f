import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { User } from '../users/user.type';
import { loadTeamsOfUser } from './team-member.loader';
import { TeamMemberConnection, type TeamMember } from './team-member.type';

@Resolver(() => User)
export class UserTeamsResolver {
  @FieldResolver(() => TeamMemberConnection, {
    description: 'The memberships in teams that the caller may see, oldest first.',
  })
  teamMemberships(
    @Ctx() ctx: RequestContext,
    @Root() user: User,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<TeamMember>> {
    return loadTeamsOfUser(ctx, user.id, args);
  }
}
