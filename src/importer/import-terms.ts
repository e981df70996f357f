import { windowAt } from '../domain/limits/window';
import { windowFromDuration } from '../domain/limits/duration-window';
import { customerOfScope } from '../domain/limits/customer-scope';
import type { ScopeRef } from '../domain/limits/scope';
import { ok, type Result } from '../domain/result';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { applySteps } from '../litellm/budget-writer';
import { hadTerms } from './had-terms.repository';
import { refusal, type Became, type ImportRun } from './import-run';
import type { ImportKind } from './import-report';
import { importedLimits, type ImportServices } from './import-services';
import type { SourceRow } from './litellm-source';
import { readBudget, type RowBudget } from './read-budget';
import { textOf } from './row-values';

/** What a row became, and the thing that its limits hold. */
export interface MadeHolder {
  readonly became: Became;
  readonly holder: ScopeRef;
}

/**
 * Imports a row together with its limits in one transaction: nothing is ever there without what holds it. What is there
 * already and was never limited gets its limits too. Answers whether the row is here now.
 */
export async function importHolder(
  run: ImportRun,
  kind: ImportKind,
  name: string,
  row: SourceRow,
  make: (services: ImportServices) => Promise<Result<MadeHolder, string>>,
): Promise<boolean> {
  const terms: Became[] = [];
  const outcome = await run.row(kind, name, async (services) => {
    const made = await make(services);
    if (!made.ok) return made;
    const given = await giveTerms(run, services, made.value.holder, row);
    if (!given.ok) return given;
    if (given.value !== null) terms.push(given.value);
    return ok(made.value.became);
  });
  if (outcome.ok) for (const became of terms) run.parts.report.count('limits', became);
  return outcome.ok;
}

/** Sets what a row limits on its thing; null when it limits nothing. */
export async function giveTerms(
  run: ImportRun,
  services: ImportServices,
  holder: ScopeRef,
  row: SourceRow,
): Promise<Result<Became | null, string>> {
  const budget = readBudget(withOwnBudget(run, row), run.nowMs);
  if (!budget.ok) return budget;
  const budgetId = textOf(row, 'budget_id');
  const shared = budgetId === null ? undefined : run.sharedBudgets.get(budgetId);
  if (shared?.ok === false) return { ok: false, error: `its budget cannot be imported: ${shared.error}` };
  if (budget.value.plan.steps.length === 0 && shared === undefined) return ok(null);
  const { ctx, limits, assignments } = services;
  if (await hadTerms(ctx.db.manager, holder)) return ok('ALREADY_THERE');
  const applied = await applySteps(importedLimits(limits), ctx, placeOf(holder), budget.value.plan);
  if (!applied.ok) return { ok: false, error: applied.error.message };
  if (budgetId !== null && shared !== undefined) {
    const given = { templateId: budgetId, holder: placeOf(holder) };
    const assigned = await assignments.assign(ctx, given, IMPORTED_BY);
    if (!assigned.ok) return refusal(assigned.error);
  }
  noteOtherReset(run, holder, budget.value);
  return ok('IMPORTED');
}

/** LiteLLM's older versions start a budget afresh a while after it was made, until the next reset; here the calendar does. */
function noteOtherReset(run: ImportRun, { scopeId }: ScopeRef, { duration, resetsAt }: RowBudget): void {
  if (duration === null || resetsAt === null || resetsAt.getTime() <= run.nowMs) return;
  const spec = windowFromDuration(duration, { timezone: run.parts.settings.timezone, nowMs: run.nowMs });
  if (!spec.ok || windowAt(spec.value, run.nowMs).endsAtMs === resetsAt.getTime()) return;
  run.parts.report.note('budgets that start afresh at another time than in LiteLLM, this once', scopeId);
}

/** The row with the terms of a budget that it has for itself; what the row says itself goes before them. */
export function withOwnBudget(run: ImportRun, row: SourceRow): SourceRow {
  const budget = run.ownBudgets.get(textOf(row, 'budget_id') ?? '');
  if (budget === undefined) return row;
  const own = Object.entries(row).filter(([, value]) => value !== null && !isEmpty(value));
  // Its own `budget_duration` is about a budget of its own.
  return { ...row, ...budget, ...Object.fromEntries(own) };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A limit on a customer is set by the customer's own id; both ids make the scope. */
function placeOf({ scope, scopeId }: ScopeRef): ScopeRef {
  return { scope, scopeId: scope === 'CUSTOMER' ? customerOfScope(scopeId) : scopeId };
}
