import { seesTeamSpend, seesUserSpend } from '../../spend/spend-access';
import type { RequestContext } from '../../access/context';
import type { Money } from '../../domain/money/money';
import { exactNumberOrNull, type Json } from '../lossless';
import type { DescribedTeam } from '../team-rows';
import { budgetMembers, spendMembers } from './budget-members';

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
    ...spendMembers(budget, totalSpend),
    ...budgetMembers(budget),
    object_permission: null,
    litellm_model_table: null,
    created_at: team.createdAt.toISOString(),
    updated_at: team.updatedAt.toISOString(),
  };
}

/** The members as LiteLLM shows their memberships; what others spent is shown to who sees the team's spend. */
export function teamMemberships(
  ctx: RequestContext,
  { entity: team, members }: DescribedTeam,
  spent: ReadonlyMap<string, Money>,
): Json[] {
  const seesAll = seesTeamSpend(ctx.visibility, team.organizationId, team.id);
  return members.map(({ userId }) => {
    const seen = seesAll || seesUserSpend(ctx.visibility, userId);
    const spend = exactNumberOrNull(seen ? (spent.get(userId) ?? 0n) : null);
    return {
      user_id: userId,
      team_id: team.id,
      spend,
      total_spend: spend,
      budget_id: null,
      litellm_budget_table: null,
    };
  });
}
