import { requireRule, RULES } from '../../access/rules';
import { viewBudgets } from '../budget-view';
import { exactNumber, exactNumberOrNull, type Json } from '../lossless';
import { NO_MEMBERS } from '../organization.schema';
import { findBudgetedProviders } from '../budgeted.repository';
import { answer, defineRoute, type LitellmRoute } from './route';

export const PROVIDER_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/provider/budgets',
    summary: 'Shows the budgets of providers, what is spent of them, and when they start afresh.',
    members: NO_MEMBERS,
    async handle(ctx) {
      requireRule(ctx.principal, RULES.serverViewer);
      const budgets = await viewBudgets(ctx, 'PROVIDER', await findBudgetedProviders(ctx.db.manager));
      const providers = [...budgets].map(([name, budget]): [string, Json] => [
        name,
        {
          budget_limit: exactNumberOrNull(budget.maxBudget),
          time_period: budget.duration,
          spend: exactNumber(budget.spentSinceReset ?? 0n),
          budget_reset_at: budget.resetsAt?.toISOString() ?? null,
        },
      ]);
      return answer({ providers: Object.fromEntries(providers) });
    },
  }),
];
