import { SERVER_SCOPE_ID } from '../../domain/limits/scope';
import { viewBudgets } from '../budget-view';
import {
  END_USERS,
  SPAN,
  SPAN_OF_KEY,
  SPEND_REPORT,
  TAGS_OF_SPAN,
  TOP_OF_SPAN,
} from '../global-spend.schema';
import { reportGlobally } from '../global-report';
import { exactNumber, exactNumberOrNull, type Json } from '../lossless';
import { keysById, namesById } from '../names-of';
import { resetAllSpend } from '../reset-all-spend';
import { NOTHING } from '../spend.schema';
import { partsBy, sumOf, type SpendPart } from '../spend-parts';
import { attributeParts, dailyParts, topParts } from '../top-spenders';
import { globalReportMembers } from './global-report-members';
import { answer, defineRoute, type LitellmRoute } from './route';

const UNASSIGNED = 'Unassigned';

/** Sums of what the caller sees; of the whole server for its administrators and viewers. */
export const GLOBAL_SPEND_ROUTES: readonly LitellmRoute[] = [
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
  defineRoute({
    method: 'GET',
    path: '/global/spend/logs',
    summary: 'What was spent on each day, days without spend included.',
    members: SPAN_OF_KEY,
    async handle(ctx, input, services) {
      const daily = await dailyParts(ctx, services, input);
      if (!daily.ok) return daily;
      const byDay = partsBy(daily.value.parts, ({ day }) => day);
      return answer(
        daily.value.span.days.map((date) => ({
          date,
          spend: exactNumber(sumOf(byDay.get(date) ?? []).cost),
        })),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/keys',
    summary: 'The keys that spent most.',
    members: TOP_OF_SPAN,
    async handle(ctx, input, services) {
      const top = await topParts(ctx, services, input, 'KEY');
      if (!top.ok) return top;
      const keys = await keysById(ctx, idsOf(top.value, 'KEY'));
      return answer(
        top.value.map((part) => {
          const key = keys.get(part.of('KEY'));
          const names = { key_alias: key?.alias ?? null, key_name: key?.display ?? null };
          return { api_key: part.of('KEY'), ...names, total_spend: exactNumber(part.sums.cost) };
        }),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/teams',
    summary:
      'What each team spent, by days and in all. Teams are known by their names, or their ids without one.',
    members: SPAN,
    async handle(ctx, input, services) {
      const daily = await dailyParts(ctx, services, input, ['TEAM']);
      if (!daily.ok) return daily;
      const { parts } = daily.value;
      const names = await namesById(ctx, 'TEAM', idsOf(parts, 'TEAM'));
      return answer(teamMembers(parts, (id) => names.get(id) ?? (id === '' ? UNASSIGNED : id)));
    },
  }),
  topRoute('/global/spend/models', 'The models on which most was spent.', 'MODEL', (part) => ({
    ...{ model: part.of('MODEL'), total_spend: exactNumber(part.sums.cost) },
  })),
  topRoute('/global/spend/provider', 'The providers at which most was spent.', 'PROVIDER', (part) => ({
    ...{ provider: part.of('PROVIDER'), spend: exactNumber(part.sums.cost) },
  })),
  defineRoute({
    method: 'POST',
    path: '/global/spend/end_users',
    summary: 'The customers for whom most was spent.',
    members: END_USERS,
    async handle(ctx, input, services) {
      const span = { start_date: input.startTime ?? undefined, end_date: input.endTime ?? undefined };
      const filter = { ...span, api_key: input.api_key ?? undefined };
      const found = await attributeParts(ctx, services, filter, 'CUSTOMER');
      return found.ok ? answer(found.value.map(endUserMembers)) : found;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/end_users',
    summary: 'The customers for whom most was spent.',
    members: SPAN_OF_KEY,
    async handle(ctx, input, services) {
      const found = await attributeParts(ctx, services, input, 'CUSTOMER');
      return found.ok ? answer(found.value.map(endUserMembers)) : found;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/tags',
    summary: 'What was spent with each tag. A call with several tags counts for each.',
    members: TAGS_OF_SPAN,
    async handle(ctx, input, services) {
      const found = await attributeParts(ctx, services, input, 'TAG', input.tags);
      if (!found.ok) return found;
      const rows = found.value.map((part) => ({
        ...{ name: part.of('TAG'), spend: exactNumber(part.sums.cost), log_count: part.sums.requests },
      }));
      return answer({ spend_per_tag: rows });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/all_tag_names',
    summary: 'The tags that calls had, by name.',
    members: SPAN,
    async handle(ctx, input, services) {
      const found = await attributeParts(ctx, services, input, 'TAG');
      return found.ok ? answer({ tag_names: idsOf(found.value, 'TAG').sort() }) : found;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/global/spend/report',
    summary: 'A report by days and teams or customers, or by keys, with the models on which was spent.',
    members: SPEND_REPORT,
    async handle(ctx, input, services) {
      const report = await reportGlobally(ctx, services, input);
      if (!report.ok) return report;
      const ids = report.value.by === 'TEAM' ? idsOf(report.value.parts, 'TEAM') : [];
      return answer(globalReportMembers(report.value, await namesById(ctx, 'TEAM', ids)));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/global/spend/reset',
    summary:
      'Begins the present window of every budget of a key or team at zero again. The log keeps what was spent.',
    members: NOTHING,
    async handle(ctx, _input, services) {
      const reset = await resetAllSpend(ctx, services);
      if (!reset.ok) return reset;
      const message = `Spend of ${reset.value} budgets of keys and teams was reset. The log keeps it.`;
      return answer({ message, status: 'success' });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/global/spend/refresh',
    summary: 'Does nothing: sums are kept with every call that is booked, and are never out of date.',
    members: NOTHING,
    handle: () => Promise.resolve(answer({ message: 'Sums are always up to date.', status: 'success' })),
  }),
];

function topRoute(
  path: string,
  summary: string,
  dimension: 'MODEL' | 'PROVIDER',
  members: (part: SpendPart) => Json,
): LitellmRoute {
  return defineRoute({
    method: 'GET',
    path,
    summary,
    members: TOP_OF_SPAN,
    async handle(ctx, input, services) {
      const top = await topParts(ctx, services, input, dimension);
      return top.ok ? answer(top.value.map(members)) : top;
    },
  });
}

function idsOf(parts: readonly SpendPart[], label: Parameters<SpendPart['of']>[0]): string[] {
  return [...new Set(parts.map((part) => part.of(label)))];
}

function endUserMembers(part: SpendPart): Json {
  return {
    end_user: part.of('CUSTOMER'),
    total_count: part.sums.requests,
    total_spend: exactNumber(part.sums.cost),
  };
}

function teamMembers(parts: readonly SpendPart[], nameOf: (id: string) => string): Json {
  const byTeam = [...partsBy(parts, (part) => part.of('TEAM'))];
  const names = new Map(byTeam.map(([id]) => [id, nameOf(id)]));
  return {
    daily_spend: [...partsBy(parts, ({ day }) => day)].map(([date, of]) => ({
      ...Object.fromEntries(
        [...partsBy(of, (part) => names.get(part.of('TEAM')) ?? '')].map(([name, own]) => [
          name,
          exactNumber(sumOf(own).cost),
        ]),
      ),
      date,
    })),
    teams: [...new Set(names.values())],
    total_spend_per_team: byTeam.map(([id, own]) => ({
      team_id: id === '' ? null : id,
      team_alias: names.get(id),
      total_spend: exactNumber(sumOf(own).cost),
    })),
  };
}
