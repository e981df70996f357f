import type { RequestContext } from '../access/context';
import { findSpendTotals } from '../spend/spend-total.repository';
import { seesTeamSpend } from '../spend/spend-access';
import type { TeamMemberEntity } from '../teams/team-member.entity';
import { listMembersOfTeams } from '../teams/team-member.repository';
import type { TeamEntity } from '../teams/team.entity';
import { viewBudgets } from './budget-view';
import type { Budgeted } from './key-rows';

export interface DescribedTeam extends Budgeted<TeamEntity> {
  /** The oldest hundred that the caller may see. */
  readonly members: readonly TeamMemberEntity[];
}

const MAX_MEMBERS = 100;

/** The teams with their limits, members and spend, in four statements. */
export async function describeTeams(
  ctx: RequestContext,
  teams: readonly TeamEntity[],
): Promise<DescribedTeam[]> {
  if (teams.length === 0) return [];
  const ids = teams.map((team) => team.id);
  const { manager } = ctx.db;
  const [budgets, totals, members] = await Promise.all([
    viewBudgets(ctx, 'TEAM', ids),
    findSpendTotals(
      manager,
      ids.map((scopeId) => ({ scope: 'TEAM', scopeId })),
    ),
    listMembersOfTeams(manager, ctx.visibility, ids, { first: MAX_MEMBERS }),
  ]);
  const spent = new Map(totals.map((total) => [total.scopeId, total.cost]));
  return teams.flatMap((entity) => {
    const budget = budgets.get(entity.id);
    if (!budget) return [];
    const seesSpend = seesTeamSpend(ctx.visibility, entity.organizationId, entity.id);
    const totalSpend = seesSpend ? (spent.get(entity.id) ?? 0n) : null;
    return [{ entity, budget, totalSpend, members: members.get(entity.id)?.rows ?? [] }];
  });
}

export async function describeTeam(ctx: RequestContext, team: TeamEntity): Promise<DescribedTeam> {
  const [described] = await describeTeams(ctx, [team]);
  if (!described) throw new Error(`The team ${team.id} was not described.`);
  return described;
}
