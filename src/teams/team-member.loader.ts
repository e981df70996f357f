import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { findTeamMembers, listMembersOfTeams, listTeamsOfUsers } from './team-member.repository';
import { toTeamMember, type TeamMember } from './team-member.type';

/** The membership with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadTeamMember(ctx: RequestContext, id: string): Promise<TeamMember | null> {
  const loader = ctx.loaders.byId('teamMember', async (ids) => {
    const rows = await findTeamMembers(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toTeamMember(row)]));
  });
  return loader.load(id);
}

export async function loadMembersOfTeam(
  ctx: RequestContext,
  teamId: string,
  args: PageRequest,
): Promise<ConnectionOf<TeamMember>> {
  return loadChildren(ctx.loaders, teamId, {
    field: 'Team.members',
    args,
    fetch: (ids) => listMembersOfTeams(ctx.db.manager, ctx.visibility, ids, args),
    map: toTeamMember,
  });
}

export async function loadTeamsOfUser(
  ctx: RequestContext,
  userId: string,
  args: PageRequest,
): Promise<ConnectionOf<TeamMember>> {
  return loadChildren(ctx.loaders, userId, {
    field: 'User.teamMemberships',
    args,
    fetch: (ids) => listTeamsOfUsers(ctx.db.manager, ctx.visibility, ids, args),
    map: toTeamMember,
  });
}
