import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import type { SpendLogFilter } from '../spend/spend-log-filter.repository';
import type { SpendLogEntity } from '../spend/spend-log.entity';
import { badRequest, type LitellmFailure } from './failure';
import { keyFilter } from './find-key';
import { spanOf } from './report-span';
import type { LitellmServices } from './services';
import { requestFilter, statusesOf } from './spend-log-filter';
import { spendParts, type SpendPart } from './spend-parts';
import type { SpendLogsInput } from './spend.schema';

const DAY_MS = 86_400_000;
const MAX_ROWS = 10_000;
const PAGE = 100;

export type SpendReport =
  | { readonly kind: 'ROWS'; readonly rows: readonly SpendLogEntity[]; readonly truncated: boolean }
  | { readonly kind: 'DAYS'; readonly days: readonly string[]; readonly parts: readonly SpendPart[] };

type Services = Pick<LitellmServices, 'spend' | 'spendReports' | 'keyedHash'>;

/** Rows of the log, newest first; or sums for each day of a span, days without spend included. */
export async function reportSpend(
  ctx: RequestContext,
  services: Services,
  input: SpendLogsInput,
): Promise<Result<SpendReport, LitellmFailure>> {
  const { start_date: first, end_date: last } = input;
  if (first !== undefined && last !== undefined && last < first) {
    return badRequest('end_date', '"end_date" lies before "start_date".');
  }
  const key = await keyFilter(ctx, services.keyedHash, input.api_key);
  if (!key.ok) return key;
  const hasSpan = first !== undefined && last !== undefined;
  const rowsOnly = input.status_filter !== undefined || input.end_user !== undefined;
  const wantsDays = input.summarize ?? (hasSpan && !rowsOnly);
  // One call is no matter of days.
  if (!wantsDays || input.request_id !== undefined) {
    return ok(await listRows(ctx, services, input, rowFilter(input, key.value)));
  }
  if (!hasSpan) return badRequest('start_date', 'A summary by day needs "start_date" and "end_date".');
  if (input.status_filter !== undefined) {
    return badRequest(
      'status_filter',
      'A summary by day is of all calls. Ask for rows with summarize=false.',
    );
  }
  const span = spanOf(input, ctx.clock.now(), 1);
  if (!span.ok) return span;
  const { end_user: customer, model } = input;
  const parts = await spendParts(ctx, services, span.value, {
    by: ['KEY', 'USER', 'MODEL'],
    byDay: true,
    attribute: customer === undefined ? undefined : { name: 'CUSTOMER', only: [customer] },
    only: { KEY: key.value, TEAM: list(input.team_id), USER: list(input.user_id), MODEL: list(model) },
  });
  return ok({ kind: 'DAYS', days: span.value.days, parts });
}

function list(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

function rowFilter(input: SpendLogsInput, keyIds: readonly string[] | undefined): SpendLogFilter {
  const last = input.end_date;
  return {
    keyId: keyIds?.[0],
    teamId: input.team_id,
    userId: input.user_id,
    customerId: input.end_user,
    model: input.model,
    statuses: statusesOf(input.status_filter),
    from: input.start_date,
    to: last === undefined ? undefined : new Date(last.getTime() + DAY_MS),
  };
}

async function listRows(
  ctx: RequestContext,
  { spend }: Pick<LitellmServices, 'spend'>,
  input: SpendLogsInput,
  filter: SpendLogFilter,
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
