import type { RequestContext } from '../access/context';
import { idKind } from '../domain/ids';
import type { Money } from '../domain/money/money';
import { ok, type Result } from '../domain/result';
import type { SpendLogFilter } from '../spend/spend-log-list.repository';
import type { SpendLogEntity } from '../spend/spend-log.entity';
import { findSpendTotals } from '../spend/spend-total.repository';
import { badRequest, notFound, type LitellmFailure } from './failure';
import { keyIdOf } from './find-key';
import type { LitellmServices } from './services';
import { sumSpendByDay, sumVisibleSpend, type DaySpend, type SpendFilter } from './spend-by-day.repository';
import type { SpendLogsInput } from './spend.schema';

const DAY_MS = 86_400_000;
const MAX_ROWS = 10_000;
const MAX_DAYS = 3_660;
const PAGE = 100;

export type SpendReport =
  | { readonly kind: 'ROWS'; readonly rows: readonly SpendLogEntity[]; readonly truncated: boolean }
  | { readonly kind: 'DAYS'; readonly days: readonly string[]; readonly spend: readonly DaySpend[] };

/** Rows of the log, newest first; or sums for each day of a span, days without spend included. */
export async function reportSpend(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'spend' | 'keyedHash'>,
  input: SpendLogsInput,
): Promise<Result<SpendReport, LitellmFailure>> {
  const filter = await filterOf(ctx, services, input);
  if (!filter.ok) return filter;
  const { from, to } = filter.value;
  const wantsDays = input.summarize ?? (from !== undefined && to !== undefined);
  // One call is no matter of days.
  if (!wantsDays || input.request_id !== undefined) {
    return ok(await listRows(ctx, services, input, filter.value));
  }
  if (from === undefined || to === undefined) {
    return badRequest('start_date', 'A summary by day needs "start_date" and "end_date".');
  }
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > MAX_DAYS) {
    return badRequest('end_date', `A summary spans at most ${MAX_DAYS} days; this is ${days}.`);
  }
  const names = Array.from({ length: days }, (_, index) => dayName(from.getTime() + index * DAY_MS));
  const spend = await sumSpendByDay(ctx.db.manager, ctx.visibility, filter.value);
  return ok({ kind: 'DAYS', days: names, spend });
}

/** All that was ever booked, as far as the caller may see it. */
export async function totalVisibleSpend(ctx: RequestContext): Promise<Money> {
  const { manager } = ctx.db;
  const { principal, visibility } = ctx;
  if (visibility.everything) return totalOf(ctx, 'SERVER', 'server');
  if (principal.kind === 'KEY') return totalOf(ctx, 'KEY', principal.keyId);
  return sumVisibleSpend(manager, visibility);
}

async function totalOf(ctx: RequestContext, scope: 'SERVER' | 'KEY', scopeId: string): Promise<Money> {
  const [total] = await findSpendTotals(ctx.db.manager, [{ scope, scopeId }]);
  return total?.cost ?? 0n;
}

async function filterOf(
  ctx: RequestContext,
  { keyedHash }: Pick<LitellmServices, 'keyedHash'>,
  input: SpendLogsInput,
): Promise<Result<SpendFilter, LitellmFailure>> {
  const { start_date: from, end_date: lastDay } = input;
  if (from !== undefined && lastDay !== undefined && lastDay < from) {
    return badRequest('end_date', '"end_date" lies before "start_date".');
  }
  const to = lastDay === undefined ? undefined : new Date(lastDay.getTime() + DAY_MS);
  const filter = { teamId: input.team_id, userId: input.user_id, from, to };
  if (input.api_key === undefined) return ok(filter);
  const keyId = await keyIdOf(ctx, keyedHash, input.api_key);
  // A key that is nobody's would otherwise look like one that spent nothing.
  return keyId === null ? notFound('api_key', 'Key not found in database.') : ok({ ...filter, keyId });
}

async function listRows(
  ctx: RequestContext,
  { spend }: Pick<LitellmServices, 'spend'>,
  input: SpendLogsInput,
  filter: SpendFilter,
): Promise<SpendReport> {
  const rows: SpendLogEntity[] = [];
  const wanted: SpendLogFilter = { ...filter, ...(await requestFilter(ctx, spend, input.request_id)) };
  for (let after: string | null = null; ;) {
    const page = await spend.list(ctx, {
      filter: wanted,
      order: 'ADMITTED_AT_DESC',
      page: { first: PAGE, after },
    });
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (!page.hasNextPage || !last) return { kind: 'ROWS', rows, truncated: false };
    if (rows.length >= MAX_ROWS) return { kind: 'ROWS', rows, truncated: true };
    after = page.cursorOf(last);
  }
}

/** A call is asked for by its own id, or by that of a row that was booked for it. */
async function requestFilter(
  ctx: RequestContext,
  spend: LitellmServices['spend'],
  requestId: string | undefined,
): Promise<Pick<SpendLogFilter, 'callId'>> {
  if (requestId === undefined) return {};
  if (idKind(requestId) !== 'spend') return { callId: requestId };
  const row = await spend.find(ctx, requestId);
  return { callId: row?.callId ?? requestId };
}

function dayName(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
