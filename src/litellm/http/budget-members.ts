import type { Money } from '../../domain/money/money';
import type { BudgetView } from '../budget-view';
import { exactNumber, exactNumberOrNull, type Json } from '../lossless';

/** The members by which LiteLLM shows what a key or team may use. */
export function budgetMembers(budget: BudgetView): Json {
  return {
    max_budget: exactNumberOrNull(budget.maxBudget),
    soft_budget: exactNumberOrNull(budget.softBudget),
    budget_duration: budget.duration,
    budget_reset_at: budget.resetsAt?.toISOString() ?? null,
    budget_limits:
      budget.windows.length === 0
        ? null
        : budget.windows.map((window) => ({
            budget_duration: window.duration,
            max_budget: exactNumber(window.maxBudget),
            reset_at: window.resetsAt?.toISOString() ?? null,
          })),
    tpm_limit: exactNumberOrNull(budget.tokensPerMinute),
    rpm_limit: exactNumberOrNull(budget.requestsPerMinute),
    tpd_limit: exactNumberOrNull(budget.tokensPerDay),
    max_parallel_requests: exactNumberOrNull(budget.parallelRequests),
    model_max_budget: modelBudgets(budget),
    model_rpm_limit: numbersOf(budget.requestsPerMinuteOf),
    model_tpm_limit: numbersOf(budget.tokensPerMinuteOf),
  };
}

/** The budget as an object of its own; null when nothing is limited. */
export function budgetTable(budget: BudgetView): Json | null {
  const limits = {
    max_budget: exactNumberOrNull(budget.maxBudget),
    soft_budget: exactNumberOrNull(budget.softBudget),
    tpm_limit: exactNumberOrNull(budget.tokensPerMinute),
    rpm_limit: exactNumberOrNull(budget.requestsPerMinute),
    max_parallel_requests: exactNumberOrNull(budget.parallelRequests),
  };
  if (Object.values(limits).every((limit) => limit === null)) return null;
  return {
    budget_id: budget.budgetId,
    ...limits,
    budget_duration: budget.duration,
    budget_reset_at: budget.resetsAt?.toISOString() ?? null,
  };
}

/**
 * LiteLLM's `spend` starts afresh with the budget, so that `max_budget - spend` is what is left. A thing without a
 * window shows all that it ever spent; `total_spend` always does.
 */
export function spendMembers(budget: BudgetView, totalSpend: Money | null): Json {
  const spend = totalSpend === null ? null : (budget.spentSinceReset ?? totalSpend);
  return { spend: exactNumberOrNull(spend), total_spend: exactNumberOrNull(totalSpend) };
}

export function modelUsage(budget: BudgetView): Json {
  return Object.fromEntries(
    budget.models.map((model) => [
      model.name,
      {
        current_spend: exactNumber(model.spent),
        budget_limit: exactNumber(model.maxBudget),
        time_period: model.duration,
      },
    ]),
  );
}

function modelBudgets(budget: BudgetView): Json {
  return Object.fromEntries(
    budget.models.map((model) => [
      model.name,
      { budget_limit: exactNumber(model.maxBudget), time_period: model.duration },
    ]),
  );
}

function numbersOf(counts: ReadonlyMap<string, Money>): Json | null {
  return counts.size === 0
    ? null
    : Object.fromEntries([...counts].map(([name, count]) => [name, exactNumber(count)]));
}
