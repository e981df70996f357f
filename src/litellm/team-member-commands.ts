import type { RequestContext } from '../access/context';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import { ok, type Result } from '../domain/result';
import type { MemberRole } from '../access/principal';
import { applyPlan, limitsOn, planFor } from './budget-writer';
import type { BudgetInput } from './budget.schema';
import { fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';
import type { MemberBudgetInput, UpdateTeamMemberInput } from './team-member.schema';

export interface NewMember {
  readonly user_id: string;
  readonly role: 'admin' | 'user';
}

const NAMES = { teamId: 'team_id', userId: 'user_id' };

export const memberRole = (role: 'admin' | 'user'): MemberRole => (role === 'admin' ? 'ADMIN' : 'MEMBER');

/** Makes a user a member with a budget, or neither: a member whose budget cannot be set is taken out again. */
export async function addTeamMember(
  ctx: RequestContext,
  services: LitellmServices,
  teamId: string,
  { user_id: userId, role }: NewMember,
  budget: MemberBudgetInput,
): Promise<Result<null, LitellmFailure>> {
  const added = await services.teamMembers.add(ctx, { teamId, userId, role: memberRole(role) });
  if (!added.ok) return fromIssues(added.error, { ...NAMES, userId: 'member' });
  let limited: Result<null, LitellmFailure> | null = null;
  try {
    limited = await setMemberBudget(ctx, services, teamId, userId, budget);
  } finally {
    if (limited?.ok !== true) await services.teamMembers.remove(ctx, { teamId, userId });
  }
  return limited;
}

export async function updateTeamMember(
  ctx: RequestContext,
  services: LitellmServices,
  { team_id: teamId, user_id: userId, role, ...budget }: UpdateTeamMemberInput,
): Promise<Result<null, LitellmFailure>> {
  if (role != null) {
    const updated = await services.teamMembers.update(ctx, { teamId, userId, role: memberRole(role) });
    if (!updated.ok) return fromIssues(updated.error, NAMES);
  }
  return setMemberBudget(ctx, services, teamId, userId, budget);
}

/** What a member may use within the team: limits on the two together. */
async function setMemberBudget(
  ctx: RequestContext,
  services: LitellmServices,
  teamId: string,
  userId: string,
  budget: MemberBudgetInput,
): Promise<Result<null, LitellmFailure>> {
  const { max_budget_in_team: max_budget, budget_duration, tpm_limit, rpm_limit, budget_id } = budget;
  const input: BudgetInput = { max_budget, budget_duration, tpm_limit, rpm_limit, budget_id };
  if (Object.values(input).every((value) => value === undefined)) return ok(null);
  const present = await limitsOn(services.limits, ctx, 'TEAM_MEMBER', teamMemberScopeId(teamId, userId));
  const plan = await planFor(ctx, services, input, present);
  if (!plan.ok) return named(plan);
  const on = { scope: 'TEAM_MEMBER', scopeId: teamId, memberId: userId } as const;
  return named(await applyPlan(services, ctx, on, plan.value));
}

function named<T>(outcome: Result<T, LitellmFailure>): Result<T, LitellmFailure> {
  if (outcome.ok || outcome.error.param !== 'max_budget') return outcome;
  const message = outcome.error.message.replaceAll('max_budget', 'max_budget_in_team');
  return { ok: false, error: { ...outcome.error, message, param: 'max_budget_in_team' } };
}
