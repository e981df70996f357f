import { ok } from '../../domain/result';
import { fromIssues } from '../failure';
import type { TeamMemberEntity } from '../../teams/team-member.entity';
import { exactNumber, exactNumberOrNull, type Json } from '../lossless';
import { resetSpend } from '../reset-spend';
import { RESET_MEMBER_SPEND } from '../key-spend.schema';
import { teamMemberScopeId } from '../../domain/limits/team-member-scope';
import { findTeam } from '../team-commands';
import { addTeamMember, updateTeamMember } from '../team-member-commands';
import {
  ADD_TEAM_MEMBER,
  BULK_ADD_TEAM_MEMBERS,
  DELETE_TEAMS,
  REMOVE_TEAM_MEMBER,
  UPDATE_TEAM_MEMBER,
} from '../team-member.schema';
import { describeTeam } from '../team-rows';
import { answer, defineRoute, type LitellmRoute } from './route';
import { describeMemberships, teamMembers } from './team-members';

const isOf =
  (userId: string) =>
  (member: TeamMemberEntity): boolean =>
    member.userId === userId;
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
      for (const member of [input.member].flat()) {
        const added = await addTeamMember(ctx, services, found.value.id, member, input);
        if (!added.ok) return added;
      }
      return answer(teamMembers(await describeTeam(ctx, found.value)));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/member_update',
    summary: 'Changes the role of a member, or what it may use in the team.',
    members: UPDATE_TEAM_MEMBER,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const updated = await updateTeamMember(ctx, services, input);
      if (!updated.ok) return updated;
      const team = await describeTeam(ctx, found.value);
      const memberships = await describeMemberships(ctx, team);
      const member = memberships.find(({ user_id: id }) => id === input.user_id);
      return answer({
        ...member,
        role: team.members.find(isOf(input.user_id))?.role === 'ADMIN' ? 'admin' : 'user',
      });
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
    path: '/team/bulk_member_add',
    summary:
      'Makes users members of a team, each by itself: one that cannot be added stops none of the others.',
    members: BULK_ADD_TEAM_MEMBERS,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const results: Json[] = [];
      for (const member of input.members) {
        const added = await addTeamMember(ctx, services, found.value.id, member, input);
        const error = added.ok ? null : added.error.message;
        results.push({ user_id: member.user_id, user_email: null, success: added.ok, error });
      }
      const successful = results.filter(({ success }) => success === true).length;
      return answer({
        team_id: found.value.id,
        results,
        total_requested: results.length,
        successful_additions: successful,
        failed_additions: results.length - successful,
        updated_team: teamMembers(await describeTeam(ctx, found.value)),
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/team/:team_id/member/:user_id/reset_spend',
    summary: 'Sets what counts as spent of the budget of a member in the team. The log stays as it is.',
    members: RESET_MEMBER_SPEND,
    async handle(ctx, input, services) {
      const found = await findTeam(ctx, services, input.team_id);
      if (!found.ok) return found;
      const scopeId = teamMemberScopeId(input.team_id, input.user_id);
      const within = { teamId: found.value.id, organizationId: found.value.organizationId };
      const on = { scope: 'TEAM_MEMBER', scopeId, within } as const;
      const done = await resetSpend(ctx, services, on, input.reset_to);
      if (!done.ok) return done;
      const { previous, budget } = done.value;
      return answer({
        team_id: input.team_id,
        user_id: input.user_id,
        spend: exactNumberOrNull(budget.spentSinceReset),
        previous_spend: exactNumber(previous),
        max_budget: exactNumberOrNull(budget.maxBudget),
        budget_reset_at: budget.resetsAt?.toISOString() ?? null,
      });
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
