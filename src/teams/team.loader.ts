import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { findTeams, listTeamsOfOrganizations, type TeamFilter } from './team.repository';
import { toTeam, type Team } from './team.type';

/** The team with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadTeam(ctx: RequestContext, id: string): Promise<Team | null> {
  const loader = ctx.loaders.byId('team', async (ids) => {
    const rows = await findTeams(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toTeam(row)]));
  });
  return loader.load(id);
}

export async function loadTeamsOfOrganization(
  ctx: RequestContext,
  organizationId: string,
  args: PageRequest & { readonly filter?: TeamFilter | null },
): Promise<ConnectionOf<Team>> {
  return loadChildren(ctx.loaders, organizationId, {
    field: 'Organization.teams',
    args,
    fetch: (ids) => listTeamsOfOrganizations(ctx.db.manager, ctx.visibility, ids, args.filter ?? {}, args),
    map: toTeam,
  });
}
