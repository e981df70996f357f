import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { isTimezoneName } from '../domain/limits/timezone';
import { AppError } from '../platform/errors';
import { sumSpendGroups, type SpendReportGroups, type SpendReportQuery } from './spend-report.repository';

const QUARTER_MS = 900_000;
const MAX_SPAN_MS = 3_660 * 86_400_000;
const MAX_GROUPS = 5_000;

/** Reports over the roll-ups of the ledger, which hold every booked row by quarters of an hour. */
export class SpendReportService {
  constructor(private readonly db: DataSource) {}

  /** Throws BAD_USER_INPUT for a range, a zone or a count that no report can have. */
  async report(ctx: RequestContext, query: SpendReportQuery): Promise<SpendReportGroups> {
    requireRule(ctx.principal, RULES.signedIn);
    requireReportable(query);
    return sumSpendGroups(this.db.manager, ctx.visibility, query);
  }
}

function requireReportable({ from, to, timezone, first }: SpendReportQuery): void {
  const instants = { from, to };
  for (const [field, instant] of Object.entries(instants)) {
    if (instant.getTime() % QUARTER_MS !== 0) {
      throw badInput(`"${field}" must lie on a quarter of an hour, as 12:00, 12:15, 12:30 or 12:45.`, field);
    }
  }
  if (to <= from) throw badInput('"to" must lie after "from".', 'to');
  if (to.getTime() - from.getTime() > MAX_SPAN_MS) throw badInput('A report spans 3,660 days at most.', 'to');
  if (!isTimezoneName(timezone)) {
    throw badInput(`"${timezone}" is no IANA time zone; "Europe/Berlin" would be one.`, 'timezone');
  }
  if (first < 1 || first > MAX_GROUPS) {
    throw badInput(`"first" must be from 1 to ${MAX_GROUPS}; it is ${first}.`, 'first');
  }
}

function badInput(message: string, field: string): AppError {
  return new AppError('BAD_USER_INPUT', message, [field]);
}
