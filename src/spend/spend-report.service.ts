import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { isTimezoneName } from '../domain/limits/timezone';
import { AppError } from '../platform/errors';
import type { SpendSums } from './spend-sums.repository';
import { sumSpendGroups, type SpendReportGroups, type SpendReportQuery } from './spend-report.repository';

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const MAX_DAYS = 3_660;
const MAX_DAYS_BY_HOUR = 400;
/** Calendars are computed between these. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const MAX_ENTRIES = 1_000;
const MAX_GROUPS = 5_000;
/** Of answers that are whole lists. */
const MAX_EVERY_GROUP = 50_000;

export interface SpendReportAsk extends Omit<SpendReportQuery, 'timezone'> {
  /** Null for the server's. */
  readonly timezone: string | null;
}

/** Reports over the roll-ups of the ledger, which hold every booked row by quarters of an hour. */
export class SpendReportService {
  constructor(
    private readonly db: DataSource,
    private readonly serverTimezone: string,
  ) {}

  /** Throws BAD_USER_INPUT for a range, a zone or a count that no report can have. */
  async report(ctx: RequestContext, ask: SpendReportAsk): Promise<SpendReportGroups> {
    requireRule(ctx.principal, RULES.signedIn);
    return this.sum(ctx, ask, MAX_GROUPS);
  }

  /** Every group, for doors that answer with whole lists. Throws BAD_USER_INPUT when there are too many for one. */
  async everyGroup(ctx: RequestContext, ask: Omit<SpendReportAsk, 'first'>): Promise<SpendReportGroups> {
    requireRule(ctx.principal, RULES.signedIn);
    const report = await this.sum(ctx, { ...ask, first: MAX_EVERY_GROUP }, MAX_EVERY_GROUP);
    if (report.groupCount <= MAX_EVERY_GROUP) return report;
    const message = `That would be ${report.groupCount} sums; one answer holds ${MAX_EVERY_GROUP}. Ask for fewer days.`;
    throw badInput(message, 'to');
  }

  /** All that was ever booked, as far as the caller sees it: once each, however many ways there are to see it. */
  async visibleTotal(ctx: RequestContext): Promise<SpendSums> {
    requireRule(ctx.principal, RULES.signedIn);
    const [from, to] = [new Date(EARLIEST_MS), new Date(LATEST_MS)];
    const everything = { from, to, timezone: 'UTC', bucket: null, groupBy: [], filter: {}, first: 1 };
    return (await sumSpendGroups(this.db.manager, ctx.visibility, everything)).total;
  }

  private async sum(ctx: RequestContext, ask: SpendReportAsk, maxGroups: number): Promise<SpendReportGroups> {
    const query = { ...ask, timezone: ask.timezone ?? this.serverTimezone };
    requireReportable(query, maxGroups);
    return sumSpendGroups(this.db.manager, ctx.visibility, query);
  }
}

function requireReportable(query: SpendReportQuery, maxGroups: number): void {
  const { from, to, timezone, first, bucket, filter } = query;
  const instants = { from, to };
  for (const [field, instant] of Object.entries(instants)) {
    if (instant.getTime() % QUARTER_MS !== 0) {
      throw badInput(`"${field}" must lie on a quarter of an hour, as 12:00, 12:15, 12:30 or 12:45.`, field);
    }
  }
  if (to <= from) throw badInput('"to" must lie after "from".', 'to');
  if (from.getTime() < EARLIEST_MS) throw badInput('A report begins in the year 2000 or later.', 'from');
  if (to.getTime() > LATEST_MS) throw badInput('A report ends before the year 2100.', 'to');
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > MAX_DAYS) throw badInput('A report spans 3,660 days at most.', 'to');
  if (bucket === 'HOUR' && days > MAX_DAYS_BY_HOUR) {
    throw badInput(`A report by HOUR spans ${MAX_DAYS_BY_HOUR} days at most; use DAY for more.`, 'to');
  }
  if (!isTimezoneName(timezone)) {
    throw badInput(`"${timezone}" is no IANA time zone; "Europe/Berlin" would be one.`, 'timezone');
  }
  if (Object.values(filter).some((values) => values.length > MAX_ENTRIES)) {
    throw badInput(`A list of "filter" holds ${MAX_ENTRIES} entries at most.`, 'filter');
  }
  if (first < 1 || first > maxGroups) {
    throw badInput(`"first" must be from 1 to ${maxGroups}; it is ${first}.`, 'first');
  }
}

function badInput(message: string, field: string): AppError {
  return new AppError('BAD_USER_INPUT', message, [field]);
}
