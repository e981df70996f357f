import { badRequest } from '../failure';
import { NO_MEMBERS } from '../organization.schema';
import { TEAM_MODELS, TEAM_PAGE, TEAM_PERMISSIONS } from '../team-access.schema';
import { findTeam } from '../team-commands';
import { changeTeamModels } from '../team-models';
import { describeTeam, describeTeams } from '../team-rows';
import { ONE_TEAM } from '../team.schema';
import { answer, defineRoute, type LitellmRoute } from './route';
import { teamMembers } from './team-members';
import { listTeams } from './team.routes';

/** What members of every team may do with keys; their administrators do the rest. */
const MEMBER_PERMISSIONS = ['/key/info', '/key/health'];
const DEFAULT_SIZE = 10;

export const TEAM_ACCESS_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/team/model/add',
    summary: 'Lets a team use more models.',
    members: TEAM_MODELS,
    async handle(ctx, input, services) {
      const done = await changeTeamModels(ctx, services, input.team_id, { add: input.models });
      return done.ok ? answer(teamMembers(await describeTeam(ctx, done.value))) : done;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/model/delete',
    summary: 'Takes models from a team.',
    members: TEAM_MODELS,
    async handle(ctx, input, services) {
      const done = await changeTeamModels(ctx, services, input.team_id, { take: input.models });
      return done.ok ? answer(teamMembers(await describeTeam(ctx, done.value))) : done;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/team/permissions_list',
    summary: 'Lists what members who are no administrators may do with keys: the same in every team.',
    members: ONE_TEAM,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      return answer({
        team_id: found.value.id,
        team_member_permissions: MEMBER_PERMISSIONS,
        all_available_permissions: MEMBER_PERMISSIONS,
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/permissions_update',
    summary: 'Takes the permissions that members have, and refuses others: make a member an admin for more.',
    members: TEAM_PERMISSIONS,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const wanted = new Set(input.team_member_permissions);
      if (wanted.size !== MEMBER_PERMISSIONS.length || MEMBER_PERMISSIONS.some((each) => !wanted.has(each))) {
        return badRequest(
          'team_member_permissions',
          `Members may ${MEMBER_PERMISSIONS.join(' and ')}, no more and no less. Make a member an admin of the team instead.`,
        );
      }
      return answer(teamMembers(await describeTeam(ctx, found.value)));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/team/available',
    summary: 'Lists the teams that anybody may join by themselves: none, members are added.',
    members: NO_MEMBERS,
    handle: () => Promise.resolve(answer([])),
  }),
  defineRoute({
    method: 'GET',
    path: '/v2/team/list',
    summary: 'Lists the teams that the caller sees, oldest first, in numbered pages.',
    members: TEAM_PAGE,
    async handle(ctx, input, services) {
      const all = await listTeams(ctx, services, input.organization_id, input.user_id);
      if (!all.ok) return all;
      const name = input.team_alias?.toLowerCase() ?? '';
      const teams = all.value.filter(
        (team) =>
          (input.team_id === undefined || team.id === input.team_id) &&
          team.name.toLowerCase().includes(name),
      );
      const [page, size] = [input.page ?? 1, input.page_size ?? DEFAULT_SIZE];
      const shown = teams.slice((page - 1) * size, page * size);
      return answer({
        teams: (await describeTeams(ctx, shown)).map(teamMembers),
        ...{ total: teams.length, page, page_size: size, total_pages: Math.ceil(teams.length / size) },
      });
    },
  }),
];
