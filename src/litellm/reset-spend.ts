import type { RequestContext } from '../access/context';
import { requireRule, type RuleTarget } from '../access/rules';
import type { LimitScope } from '../domain/limits/scope';
import { formatMoney, parseMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import { ok, type Result } from '../domain/result';
import { LIMIT_RULES } from '../limits/limit.service';
import { viewBudgets, type BudgetView } from './budget-view';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

export interface ResetSpend {
  readonly previous: Money;
  /** As it is after the reset. */
  readonly budget: BudgetView;
}

/**
 * Books what takes the present window of a thing's budget to an amount: the log keeps what was spent, and calls in
 * flight are booked when they end.
 */
export async function resetSpend(
  ctx: RequestContext,
  { limitAdjustments }: Pick<LitellmServices, 'limitAdjustments'>,
  on: { readonly scope: LimitScope; readonly scopeId: string; readonly within: RuleTarget },
  resetTo: string,
): Promise<Result<ResetSpend, LitellmFailure>> {
  // Before anything is told of the spend.
  requireRule(ctx.principal, LIMIT_RULES[on.scope], on.within);
  const view = async (): Promise<BudgetView | undefined> =>
    (await viewBudgets(ctx, on.scope, [on.scopeId])).get(on.scopeId);
  const before = await view();
  const main = before?.main ?? null;
  if (main === null) {
    return badRequest('reset_to', 'There is no max_budget whose spend could be reset. Set one first.');
  }
  const previous = main.present.spent;
  const target = parseMoney(resetTo);
  if (!target.ok || target.value > previous) {
    return badRequest('reset_to', `"reset_to" is above what was spent, ${formatMoney(previous)}.`);
  }
  const ask = {
    limitId: main.limit.id,
    reason: 'Reset under the name of LiteLLM.',
    ...(main.shared === null
      ? {}
      : { assignmentId: main.shared.assignmentId, holderId: main.shared.holderId }),
  };
  // Of a shared budget there is no window before something was counted in it.
  if (target.value < previous || (target.value === 0n && main.shared === null)) {
    const done =
      target.value === 0n
        ? await limitAdjustments.reset(ctx, ask)
        : await limitAdjustments.credit(ctx, { ...ask, amount: formatMoney(previous - target.value) });
    if (!done.ok) return fromIssues(done.error, { amount: 'reset_to' });
  }
  const after = await view();
  return after ? ok({ previous, budget: after }) : badRequest('reset_to', 'The budget is gone meanwhile.');
}
