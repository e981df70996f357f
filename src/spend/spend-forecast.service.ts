import type { DataSource } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { DAY_MS } from '../domain/limits/time-units';
import { projectSpend, type SpendProjection } from '../domain/spend/spend-projection';
import { windowSpecOf, type LimitEntity } from '../limits/limit.entity';
import { findLimits } from '../limits/limit.repository';
import { findLatestWindows, type WindowHolding } from '../limits/limit-window.repository';
import { presentWindow } from '../limits/present-window';
import { AppError } from '../platform/errors';
import { firstCounted, sumCounted } from './spend-forecast.repository';

export interface SpendForecastAnswer {
  readonly limit: LimitEntity;
  readonly window: WindowHolding;
  readonly asOf: Date;
  readonly sinceWindowStart: SpendProjection & { readonly since: Date };
  readonly last24Hours: SpendProjection & { readonly since: Date };
}

/** Where the spend against a limit is heading. */
export class SpendForecastService {
  constructor(private readonly db: DataSource) {}

  /** Null when the limit is absent or not visible. */
  async forecast(ctx: RequestContext, limitId: string): Promise<SpendForecastAnswer | null> {
    requireRule(ctx.principal, RULES.signedIn);
    const { manager } = this.db;
    const [limit] = await findLimits(manager, ctx.visibility, [limitId]);
    if (limit === undefined) return null;
    refuseUncounted(limit);
    const latest = (await findLatestWindows(manager, [limit.id])).get(limit.id);
    if (latest === undefined) throw new Error(`The windows of ${limit.id} were not read.`);
    const window = presentWindow(windowSpecOf(limit), latest);
    const asOf = latest.now;
    const dayAgo = new Date(asOf.getTime() - DAY_MS);
    const counted = await sumCounted(manager, limit, dayAgo, asOf);
    // A window without end begins in 1970: its rate is taken from the first call on.
    const since = window.endsAt === null ? ((await firstCounted(manager, limit)) ?? asOf) : window.startsAt;
    const project = (from: Date, amount: bigint): SpendProjection & { since: Date } => {
      const { spent, endsAt } = window;
      const [nowMs, endsAtMs, sinceMs] = [asOf.getTime(), endsAt?.getTime() ?? null, from.getTime()];
      const basis = { amount: limit.amount, spent, nowMs, endsAtMs, counted: amount, sinceMs };
      return { ...projectSpend(basis), since: from };
    };
    return {
      ...{ limit, window, asOf },
      sinceWindowStart: project(since, window.spent),
      last24Hours: project(dayAgo, counted),
    };
  }
}

function refuseUncounted({ unit, scope }: LimitEntity): void {
  const why =
    unit === 'CONCURRENT'
      ? 'A limit on CONCURRENT calls spends nothing, so that there is nothing to forecast.'
      : scope === 'TEMPLATE'
        ? `A limit on a ${scope} has no window of its own to forecast.`
        : null;
  if (why !== null) throw new AppError('BAD_USER_INPUT', why, ['input', 'limitId']);
}
