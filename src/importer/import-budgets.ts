import { ok } from '../domain/result';
import { applySteps } from '../litellm/budget-writer';
import { refusal, type ImportRun } from './import-run';
import { importedLimits } from './import-services';
import { readBudget } from './read-budget';
import { textOf } from './row-values';
import { TABLES, BUDGET_HOLDERS } from './source-tables';

const BATCH = 500;

/**
 * Budgets that several things share become limit templates of the same id. One that a single thing has, which LiteLLM
 * makes in secret for each organization and customer with a budget, is set on that thing itself.
 */
export async function importBudgets(run: ImportRun): Promise<void> {
  const { source } = run.parts;
  const shared = await source.sharedBudgets(BUDGET_HOLDERS);
  for await (const rows of source.batches(TABLES.budgets, BATCH)) {
    for (const row of rows) {
      const id = textOf(row, 'budget_id');
      if (id === null) continue;
      const budget = readBudget(row, run.nowMs);
      if (!shared.has(id)) {
        run.ownBudgets.set(id, row);
        continue;
      }
      // Shared by many and limiting nothing: there is nothing to share.
      if (budget.ok && budget.value.plan.steps.length === 0) continue;
      const outcome = await run.row('budgets', id, async ({ ctx, templates, limits }) => {
        if (!budget.ok) return budget;
        if (await templates.find(ctx, id)) return ok('ALREADY_THERE');
        const made = await templates.create(ctx, { id, name: id });
        if (!made.ok) return refusal(made.error);
        const applied = await applySteps(
          importedLimits(limits),
          ctx,
          { scope: 'TEMPLATE', scopeId: id },
          budget.value.plan,
        );
        return applied.ok ? ok('IMPORTED') : { ok: false, error: applied.error.message };
      });
      run.sharedBudgets.set(id, outcome.ok ? ok(row) : outcome);
    }
  }
}
