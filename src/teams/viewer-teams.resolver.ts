import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Viewer } from '../users/viewer.type';
import { TeamService } from './team.service';
import { TeamConnection, toTeam, type Team } from './team.type';

@Resolver(() => Viewer)
export class ViewerTeamsResolver {
  constructor(private readonly teams: TeamService) {}

  @FieldResolver(() => TeamConnection, {
    name: 'teams',
    description: describe(
      'The teams in use that the caller belongs to or sees by its role, oldest first.',
      RULES.signedIn,
    ),
  })
  async teamsOfViewer(
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<Team>> {
    return toConnection(await this.teams.list(ctx, {}, args), toTeam);
  }
}
