import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { Team } from '../teams/team.type';
import { ProjectsArgs } from './project.args';
import { loadProjectsOfTeam } from './project.loader';
import { ProjectConnection, type Project } from './project.type';

@Resolver(() => Team)
export class TeamProjectsResolver {
  @FieldResolver(() => ProjectConnection, { description: 'Its projects that the caller sees, oldest first.' })
  projects(
    @Ctx() ctx: RequestContext,
    @Root() team: Team,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
  ): Promise<ConnectionOf<Project>> {
    return loadProjectsOfTeam(ctx, team.id, args);
  }
}
