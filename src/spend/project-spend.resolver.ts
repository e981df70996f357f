import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Project } from '../projects/project.type';
import { seesTeamSpend } from './spend-access';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => Project)
export class ProjectSpendResolver {
  @FieldResolver(() => SpendTotals, {
    nullable: true,
    description:
      'All that was ever booked to the project; null unless the caller is an administrator or viewer of its team, of ' +
      'its organization or of the server.',
  })
  async spend(@Root() project: Project, @Ctx() ctx: RequestContext): Promise<SpendTotals | null> {
    if (!seesTeamSpend(ctx.visibility, project.organizationId, project.teamId)) return null;
    return loadSpendTotals(ctx, 'PROJECT', project.id);
  }
}
