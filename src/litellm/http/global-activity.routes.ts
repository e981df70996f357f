import type { SpendSums } from '../../spend/spend-sums.repository';
import { MODEL_OF_SPAN, SPAN } from '../global-spend.schema';
import type { Json } from '../lossless';
import { partsBy, sumOf, type SpendPart } from '../spend-parts';
import { dailyParts, spanParts } from '../top-spenders';
import { answer, defineRoute, type LitellmRoute } from './route';

/** How much was done, day by day, as far as the caller sees it. */
export const GLOBAL_ACTIVITY_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/global/activity',
    summary: 'Calls and tokens of each day.',
    members: SPAN,
    async handle(ctx, input, services) {
      const daily = await dailyParts(ctx, services, input);
      return daily.ok ? answer(activity(daily.value.span.days, daily.value.parts)) : daily;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/activity/model',
    summary: 'Calls and tokens of each day, model by model.',
    members: SPAN,
    async handle(ctx, input, services) {
      const daily = await dailyParts(ctx, services, input, ['MODEL']);
      if (!daily.ok) return daily;
      const { span, parts } = daily.value;
      const byModel = [...partsBy(parts, (part) => part.of('MODEL'))];
      return answer(byModel.map(([model, of]) => ({ model, ...activity(span.days, of) })));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/activity/cache_hits',
    summary:
      'Calls of each key, endpoint and model. Answers are not cached here, so that none of them was a hit.',
    members: SPAN,
    async handle(ctx, input, services) {
      const found = await spanParts(ctx, services, input, ['KEY', 'ENDPOINT', 'MODEL']);
      if (!found.ok) return found;
      const rows = found.value.map((part) => ({
        ...{ api_key: part.of('KEY'), call_type: part.of('ENDPOINT'), model: part.of('MODEL') },
        ...{ total_rows: part.sums.requests, cache_hit_true_rows: 0n, cached_completion_tokens: 0n },
        generated_completion_tokens: part.sums.outputTokens,
      }));
      return answer(rows);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/activity/exceptions',
    summary: 'Calls that failed, day by day.',
    members: MODEL_OF_SPAN,
    async handle(ctx, input, services) {
      const daily = await dailyParts(ctx, services, input);
      if (!daily.ok) return daily;
      const { span, parts } = daily.value;
      return answer({
        daily_data: perDay(span.days, parts, ({ failures }) => ({ num_exceptions: failures })),
        sum_num_exceptions: sumOf(parts).failures,
      });
    },
  }),
];

function activity(days: readonly string[], parts: readonly SpendPart[]): Json {
  const total = sumOf(parts);
  return {
    daily_data: perDay(days, parts, (sums) => ({
      api_requests: sums.requests,
      total_tokens: sums.inputTokens + sums.outputTokens,
    })),
    sum_api_requests: total.requests,
    sum_total_tokens: total.inputTokens + total.outputTokens,
  };
}

function perDay(
  days: readonly string[],
  parts: readonly SpendPart[],
  members: (sums: SpendSums) => Json,
): Json[] {
  const byDay = partsBy(parts, ({ day }) => day);
  return days.map((date) => ({ date, ...members(sumOf(byDay.get(date) ?? [])) }));
}
