import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { findProjects, listProjectsOfTeams, type ProjectFilter } from './project.repository';
import { toProject, type Project } from './project.type';

/** The project with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadProject(ctx: RequestContext, id: string): Promise<Project | null> {
  const loader = ctx.loaders.byId('project', async (ids) => {
    const rows = await findProjects(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toProject(row)]));
  });
  return loader.load(id);
}

export async function loadProjectsOfTeam(
  ctx: RequestContext,
  teamId: string,
  args: PageRequest & { readonly filter?: ProjectFilter | null },
): Promise<ConnectionOf<Project>> {
  return loadChildren(ctx.loaders, teamId, {
    field: 'Team.projects',
    args,
    fetch: (ids) => listProjectsOfTeams(ctx.db.manager, ctx.visibility, ids, args.filter ?? {}, args),
    map: toProject,
  });
}
