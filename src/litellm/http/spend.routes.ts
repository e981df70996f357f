import { notFound } from '../failure';
import { exactNumber } from '../lossless';
import { calculateSpend } from '../model-costs';
import { requestFilter } from '../spend-log-filter';
import { pageOfSpendLogs } from '../spend-log-page';
import { reportSpend } from '../spend-reports';
import { CALCULATE_SPEND, NOTHING, ONE_SPEND_LOG, SPEND_LOG_PAGE, SPEND_LOGS } from '../spend.schema';
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
      return answer(dayMembers(report.value.days, report.value.parts));
    },
  }),
  pageRoute('/spend/logs/v2'),
  pageRoute('/spend/logs/ui'),
  defineRoute({
    method: 'GET',
    path: '/spend/logs/ui/:request_id',
    summary: 'Shows one call. What was asked and answered is not kept, and so empty.',
    members: ONE_SPEND_LOG,
    async handle(ctx, input, services) {
      const filter = await requestFilter(ctx, services.spend, input.request_id);
      const { rows } = await services.spend.numbered(ctx, filter, { number: 1, size: 100 });
      const row = rows.find(({ kind }) => kind === 'CALL') ?? rows[0];
      if (!row) return notFound('request_id', `There is no call "${input.request_id}".`);
      return answer(spendLogMembers(row));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/spend/calculate',
    summary: 'All that was ever spent, as far as the caller may see it. LiteLLM has no such route.',
    members: NOTHING,
    async handle(ctx, _input, services) {
      const { cost } = await services.spendReports.visibleTotal(ctx);
      return answer({ spend: exactNumber(cost), cost: exactNumber(cost) });
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
];

function pageRoute(path: string): LitellmRoute {
  return defineRoute({
    method: 'GET',
    path,
    summary: 'Lists calls in numbered pages, newest first. The 10,000 newest that match can be reached.',
    members: SPEND_LOG_PAGE,
    async handle(ctx, input, services) {
      const page = await pageOfSpendLogs(ctx, services, input);
      if (!page.ok) return page;
      const { rows, total, isCapped, number, size } = page.value;
      return answer({
        data: rows.map(spendLogMembers),
        ...{ total, page: number, page_size: size },
        ...{ total_pages: Math.ceil(total / size), total_is_capped: isCapped },
      });
    },
  });
}
