import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Team } from '../teams/team.type';
import { LimitConnection, type Limit } from './limit.type';
import { loadLimitsOf } from './limits-of.loader';

@Resolver(() => Team)
export class TeamLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the team itself that are visible to the caller, oldest first.',
  })
  limits(
    @Root() team: Team,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'TEAM', team.id, page);
  }
}
