import type { RequestContext } from '../../access/context';
import { ok, type Result } from '../../domain/result';
import { listTeamsOfUsers } from '../../teams/team-member.repository';
import type { TeamEntity } from '../../teams/team.entity';
import { findTeams } from '../../teams/team.repository';
import { allPages } from '../all-pages';
import type { LitellmFailure } from '../failure';
import { pageOfKeys } from '../key-page.repository';
import { describeKeys } from '../key-rows';
import { memberTemplate } from '../member-defaults';
import { withDefaults } from '../policy';
import { describeBudget } from '../shared-budget-commands';
import type { LitellmServices } from '../services';
import { findTeam, newTeam, setTeamBlocked, updateTeam } from '../team-commands';
import { describeTeam, describeTeams } from '../team-rows';
import { NEW_TEAM, ONE_TEAM, TEAM_LIST, UPDATE_TEAM } from '../team.schema';
import { budgetTable } from './budget-members';
import { keyMembers } from './key-members';
import { answer, defineRoute, type LitellmRoute } from './route';
import { describeMemberships, teamMembers } from './team-members';

const MAX_LISTED = 1_000;
const PAGE = 100;

const blockRoute = (path: string, blocked: boolean, summary: string): LitellmRoute =>
  defineRoute({
    method: 'POST',
    path,
    summary,
    members: ONE_TEAM,
    async handle(ctx, input, services) {
      const done = await setTeamBlocked(ctx, services, input.team_id, blocked);
      return done.ok ? answer(teamMembers(await describeTeam(ctx, done.value))) : done;
    },
  });

export const TEAM_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/team/new',
    summary: 'Makes a team.',
    members: NEW_TEAM,
    async handle(ctx, input, services) {
      const done = await newTeam(ctx, services, withDefaults(input, services.policy.teamDefaults));
      if (!done.ok) return done;
      const { team, ignored } = done.value;
      return answer(teamMembers(await describeTeam(ctx, team)), { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/update',
    summary: 'Changes a team. Members that are left out stay as they are; null takes away.',
    members: UPDATE_TEAM,
    async handle(ctx, input, services) {
      const done = await updateTeam(ctx, services, input);
      if (!done.ok) return done;
      const { team, ignored } = done.value;
      return answer({ team_id: team.id, data: teamMembers(await describeTeam(ctx, team)) }, { ignored });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/team/info',
    summary: 'Shows a team with its limits, spend, members and keys.',
    members: ONE_TEAM,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const { manager } = ctx.db;
      const teamId = found.value.id;
      const [team, [keys], template] = await Promise.all([
        describeTeam(ctx, found.value),
        pageOfKeys(manager, ctx.visibility, {
          filter: { teamId },
          sortBy: 'created_at',
          descending: false,
          offset: 0,
          limit: MAX_LISTED,
        }),
        memberTemplate(ctx, teamId),
      ]);
      return answer({
        team_id: teamId,
        team_info: teamMembers(team),
        keys: (await describeKeys(ctx, keys)).map(keyMembers),
        team_memberships: await describeMemberships(ctx, team),
        team_member_budget_table:
          template === null ? null : budgetTable((await describeBudget(ctx, template)).budget),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/team/list',
    summary: 'Lists the teams that the caller sees, oldest first.',
    members: TEAM_LIST,
    async handle(ctx, input, services) {
      const teams = await listTeams(ctx, services, input.organization_id, input.user_id);
      return teams.ok ? answer((await describeTeams(ctx, teams.value)).map(teamMembers)) : teams;
    },
  }),
  blockRoute('/team/block', true, 'Blocks a team: calls of its keys are refused until it is unblocked.'),
  blockRoute('/team/unblock', false, 'Lets the keys of a blocked team call again.'),
];

export async function listTeams(
  ctx: RequestContext,
  { teams }: LitellmServices,
  organizationId: string | undefined,
  userId: string | undefined,
): Promise<Result<TeamEntity[], LitellmFailure>> {
  if (userId !== undefined) {
    const { manager } = ctx.db;
    const memberships = await listTeamsOfUsers(manager, ctx.visibility, [userId], { first: PAGE });
    const ids = (memberships.get(userId)?.rows ?? []).map((member) => member.teamId);
    const found = await findTeams(manager, ctx.visibility, ids);
    const isListed = (team: TeamEntity): boolean =>
      team.archivedAt === null && (organizationId === undefined || team.organizationId === organizationId);
    return ok(found.filter(isListed));
  }
  return allPages('teams', (page) => teams.list(ctx, { organizationId }, page));
}
