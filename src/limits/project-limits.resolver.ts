import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Project } from '../projects/project.type';
import { LimitConnection, type Limit } from './limit.type';
import { loadLimitsOf } from './limits-of.loader';

@Resolver(() => Project)
export class ProjectLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the project itself that are visible to the caller, oldest first.',
  })
  limits(
    @Root() project: Project,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'PROJECT', project.id, page);
  }
}
