import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Team } from '../teams/team.type';
import { seesTeamSpend } from './spend-access';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => Team)
export class TeamSpendResolver {
  @FieldResolver(() => SpendTotals, {
    nullable: true,
    description:
      'All that was ever booked to the team; null unless the caller is an administrator or viewer of it, of its ' +
      'organization or of the server.',
  })
  async spend(@Root() team: Team, @Ctx() ctx: RequestContext): Promise<SpendTotals | null> {
    if (!seesTeamSpend(ctx.visibility, team.organizationId, team.id)) return null;
    return loadSpendTotals(ctx, 'TEAM', team.id);
  }
}
