import type { RequestContext } from '../access/context';
import type { Money } from '../domain/money/money';
import type { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { findSpendTotals } from '../spend/spend-total.repository';
import { viewBudgets, type BudgetView } from './budget-view';

/** A thing that has a budget and spend, with both. */
export interface Budgeted<Entity> {
  readonly entity: Entity;
  readonly budget: BudgetView;
  /** All that was ever booked to it; null when the caller may not see it. */
  readonly totalSpend: Money | null;
}

/** The keys with their limits and spend, in three statements. Whoever sees a key sees its spend. */
export async function describeKeys(
  ctx: RequestContext,
  keys: readonly VirtualKeyEntity[],
): Promise<Budgeted<VirtualKeyEntity>[]> {
  const ids = keys.map((key) => key.id);
  const [budgets, totals] = await Promise.all([
    viewBudgets(ctx, 'KEY', ids),
    findSpendTotals(
      ctx.db.manager,
      ids.map((scopeId) => ({ scope: 'KEY', scopeId })),
    ),
  ]);
  const spent = new Map(totals.map((total) => [total.scopeId, total.cost]));
  return keys.flatMap((entity) => {
    const budget = budgets.get(entity.id);
    return budget ? [{ entity, budget, totalSpend: spent.get(entity.id) ?? 0n }] : [];
  });
}

export async function describeKey(
  ctx: RequestContext,
  key: VirtualKeyEntity,
): Promise<Budgeted<VirtualKeyEntity>> {
  const [described] = await describeKeys(ctx, [key]);
  if (!described) throw new Error(`The key ${key.id} was not described.`);
  return described;
}
