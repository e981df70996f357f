import { viewBudgets } from '../budget-view';
import { exactNumber, exactNumberOrNull } from '../lossless';
import { calculateSpend } from '../model-costs';
import { reportSpend, totalVisibleSpend } from '../spend-reports';
import { SERVER_SCOPE_ID } from '../../domain/limits/scope';
import { CALCULATE_SPEND, NOTHING, SPEND_LOGS } from '../spend.schema';
import { dayMembers } from './day-members';
import { answer, defineRoute, type LitellmRoute } from './route';
import { spendLogMembers } from './spend-log-members';

const TRUNCATED = { 'x-litellm-spend-logs-truncated': 'true' };

export const SPEND_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/spend/logs',
    summary:
      'Lists calls, newest first, 10,000 at most; or sums by day, oldest first, when both dates are given and ' +
      'summarize is not false.',
    members: SPEND_LOGS,
    async handle(ctx, input, services) {
      const report = await reportSpend(ctx, services, input);
      if (!report.ok) return report;
      if (report.value.kind === 'ROWS') {
        const { rows, truncated } = report.value;
        return answer(rows.map(spendLogMembers), truncated ? { headers: TRUNCATED } : {});
      }
      return answer(dayMembers(report.value.days, report.value.spend));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/spend/calculate',
    summary: 'All that was ever spent, as far as the caller may see it. LiteLLM has no such route.',
    members: NOTHING,
    async handle(ctx) {
      const total = exactNumber(await totalVisibleSpend(ctx));
      return answer({ spend: total, cost: total });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/spend/calculate',
    summary: 'What messages would cost to send to a model, or what an answer cost in all.',
    members: CALCULATE_SPEND,
    async handle(ctx, input, services) {
      const cost = await calculateSpend(ctx, services, input);
      return cost.ok ? answer({ cost: exactNumber(cost.value) }) : cost;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend',
    summary: 'What the whole server ever spent, and its budget.',
    members: NOTHING,
    async handle(ctx, _input, services) {
      const total = await services.spend.serverTotal(ctx);
      const budget = (await viewBudgets(ctx, 'SERVER', [SERVER_SCOPE_ID])).get(SERVER_SCOPE_ID);
      return answer({
        spend: exactNumber(total?.cost ?? 0n),
        max_budget: exactNumberOrNull(budget?.maxBudget ?? null),
      });
    },
  }),
];
