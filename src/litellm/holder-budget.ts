import type { RequestContext } from '../access/context';
import { customerOfScope } from '../domain/limits/customer-scope';
import type { Result } from '../domain/result';
import type { Money } from '../domain/money/money';
import { findSpendTotals } from '../spend/spend-total.repository';
import type { BudgetPlan } from './budget-plan';
import { budgetOf, type BudgetInput } from './budget.schema';
import { viewBudgets, type BudgetView } from './budget-view';
import { applyPlan, limitsOn, planFor } from './budget-writer';
import type { LitellmFailure } from './failure';
import type { LitellmServices } from './services';

type Services = Pick<LitellmServices, 'limits' | 'limitTemplates' | 'templateAssignments'>;

/** What has limits and totals of its own, beside keys and teams. */
export interface Holder {
  readonly scope: 'USER' | 'ORGANIZATION' | 'CUSTOMER' | 'PROJECT' | 'TAG' | 'TEMPLATE';
  readonly scopeId: string;
}

export interface HolderBudget {
  readonly budget: BudgetView;
  /** All that was ever booked to it; null when the caller may not see it. */
  readonly totalSpend: Money | null;
}

/** What a request asks of the limits of a holder, checked before anything is made; a new holder has none yet. */
export async function planHolder(
  ctx: RequestContext,
  services: Services,
  holder: Holder | null,
  input: BudgetInput,
): Promise<Result<BudgetPlan, LitellmFailure>> {
  const present = holder === null ? [] : await limitsOn(services.limits, ctx, holder.scope, holder.scopeId);
  return planFor(ctx, services, budgetOf(input), present);
}

export async function limitHolder(
  ctx: RequestContext,
  services: Services,
  holder: Holder,
  plan: BudgetPlan,
): Promise<Result<null, LitellmFailure>> {
  // A limit on a customer is set by the customer's own id; both ids make the scope.
  const scopeId = holder.scope === 'CUSTOMER' ? customerOfScope(holder.scopeId) : holder.scopeId;
  return applyPlan(services, ctx, { scope: holder.scope, scopeId }, plan);
}

/** The budgets and spend of holders of one scope by their ids, in three statements. */
export async function budgetsOfHolders(
  ctx: RequestContext,
  scope: Exclude<Holder['scope'], 'TAG' | 'TEMPLATE'>,
  scopeIds: readonly string[],
  seesSpend: (scopeId: string) => boolean,
): Promise<ReadonlyMap<string, HolderBudget>> {
  const keys = scopeIds.map((scopeId) => ({ scope, scopeId }));
  const [budgets, totals] = await Promise.all([
    viewBudgets(ctx, scope, scopeIds),
    findSpendTotals(ctx.db.manager, keys),
  ]);
  const spent = new Map(totals.map((total) => [total.scopeId, total.cost]));
  return new Map(
    [...budgets].map(([id, budget]) => [
      id,
      { budget, totalSpend: seesSpend(id) ? (spent.get(id) ?? 0n) : null },
    ]),
  );
}
