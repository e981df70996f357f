import { seesTeamSpend, seesUserSpend } from '../../spend/spend-access';
import type { RequestContext } from '../../access/context';
import { teamMemberScopeId } from '../../domain/limits/team-member-scope';
import { viewBudgets } from '../budget-view';
import type { Json } from '../lossless';
import { findMemberSpend } from '../member-spend.repository';
import type { DescribedTeam } from '../team-rows';
import { budgetMembers, budgetTable, spendMembers } from './budget-members';

/** A team as LiteLLM shows its row. */
export function teamMembers({ entity: team, budget, totalSpend, members }: DescribedTeam): Json {
  const admins = members.filter((member) => member.role === 'ADMIN');
  return {
    team_id: team.id,
    team_alias: team.name,
    organization_id: team.organizationId,
    admins: admins.map((member) => member.userId),
    members: members.map((member) => member.userId),
    members_with_roles: members.map((member) => ({
      user_id: member.userId,
      user_email: null,
      role: member.role === 'ADMIN' ? 'admin' : 'user',
    })),
    models: team.models,
    tags: team.tags,
    metadata: team.metadata,
    blocked: team.blocked,
    budget_id: budget.budgetId,
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    object_permission: null,
    litellm_model_table: null,
    created_at: team.createdAt.toISOString(),
    updated_at: team.updatedAt.toISOString(),
  };
}

/** The members as LiteLLM shows their memberships; what others spent is shown to who sees the team's spend. */
export async function describeMemberships(
  ctx: RequestContext,
  { entity: team, members }: DescribedTeam,
): Promise<Json[]> {
  const scopeOf = (userId: string): string => teamMemberScopeId(team.id, userId);
  const [spent, budgets] = await Promise.all([
    findMemberSpend(ctx.db.manager, team.id),
    viewBudgets(
      ctx,
      'TEAM_MEMBER',
      members.map(({ userId }) => scopeOf(userId)),
    ),
  ]);
  const seesAll = seesTeamSpend(ctx.visibility, team.organizationId, team.id);
  return members.flatMap(({ userId }) => {
    const budget = budgets.get(scopeOf(userId));
    if (!budget) return [];
    const seen = seesAll || seesUserSpend(ctx.visibility, userId);
    return [
      {
        user_id: userId,
        team_id: team.id,
        ...spendMembers(budget, seen ? (spent.get(userId) ?? 0n) : null),
        ...(seen
          ? { budget_id: budget.budgetId, litellm_budget_table: budgetTable(budget) }
          : { budget_id: null, litellm_budget_table: null }),
      },
    ];
  });
}
