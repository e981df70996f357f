import { ok } from '../../domain/result';
import { fromIssues } from '../failure';
import { findTeam } from '../team-commands';
import { ADD_TEAM_MEMBER, DELETE_TEAMS, REMOVE_TEAM_MEMBER, UPDATE_TEAM_MEMBER } from '../team-member.schema';
import { describeTeam } from '../team-rows';
import { answer, defineRoute, type LitellmRoute } from './route';
import { teamMembers } from './team-members';

const roleOf = (role: 'admin' | 'user'): 'ADMIN' | 'MEMBER' => (role === 'admin' ? 'ADMIN' : 'MEMBER');
const NAMES = { teamId: 'team_id', userId: 'user_id' };

export const TEAM_MEMBER_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/team/member_add',
    summary: 'Makes a user a member of a team, or several.',
    members: ADD_TEAM_MEMBER,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      for (const { user_id: userId, role } of [input.member].flat()) {
        const member = { teamId: input.team_id, userId, role: roleOf(role) };
        const added = await services.teamMembers.add(ctx, member);
        if (!added.ok) return fromIssues(added.error, { ...NAMES, userId: 'member' });
      }
      return answer(teamMembers(await describeTeam(ctx, found.value)));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/member_update',
    summary: 'Changes the role of a member.',
    members: UPDATE_TEAM_MEMBER,
    async handle(ctx, input, services) {
      const { team_id: teamId, user_id: userId, role } = input;
      const updated = await services.teamMembers.update(ctx, { teamId, userId, role: roleOf(role) });
      return updated.ok
        ? answer({ team_id: teamId, user_id: userId, role })
        : fromIssues(updated.error, NAMES);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/member_delete',
    summary: 'Takes a user out of a team. What was spent stays.',
    members: REMOVE_TEAM_MEMBER,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const { team_id: teamId, user_id: userId } = input;
      const removed = await services.teamMembers.remove(ctx, { teamId, userId });
      return removed.ok
        ? answer(teamMembers(await describeTeam(ctx, found.value)))
        : fromIssues(removed.error, NAMES);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/delete',
    summary: 'Archives teams: their keys are refused, their spend stays.',
    members: DELETE_TEAMS,
    async handle(ctx, input, services) {
      for (const id of input.team_ids) {
        const found = await findTeam(ctx, services, id);
        if (!found.ok) return { ...found, error: { ...found.error, param: 'team_ids' } };
      }
      for (const id of input.team_ids) {
        const archived = await services.teams.archive(ctx, id);
        if (!archived.ok) return fromIssues(archived.error, { teamId: 'team_ids' });
      }
      return ok({ body: { deleted_teams: input.team_ids } });
    },
  }),
];
