import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import type { Page, PageRequest } from '../platform/database/keyset';
import { findLatestWindows } from '../limits/limit-window.repository';
import { windowSpecOf, type LimitEntity } from '../limits/limit.entity';
import { presentWindow } from '../limits/present-window';
import { fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

const PAGE = 100;
const SCOPES = ['KEY', 'TEAM'] as const;

/**
 * Begins the present window of every budget of a key or team at zero again, one after the other: each is booked as a
 * reset of its own, and calls in flight are booked when they end. Answers how many had spent something. What was reset
 * stays so when a later one fails, and asking again does the rest.
 */
export async function resetAllSpend(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'limits' | 'limitAdjustments'>,
): Promise<Result<number, LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  let count = 0;
  for (const scope of SCOPES) {
    for (let page: PageRequest | null = { first: PAGE }; page !== null;) {
      const found: Page<LimitEntity> = await services.limits.list(ctx, { scope, unit: 'USD' }, page);
      for (const limitId of await spentIn(ctx, found.rows)) {
        const reason = 'Reset of all spend under the name of LiteLLM.';
        const reset = await services.limitAdjustments.reset(ctx, { limitId, reason });
        if (!reset.ok) return fromIssues(reset.error, {});
        count += 1;
      }
      const last = found.rows.at(-1);
      page = found.hasNextPage && last !== undefined ? { first: PAGE, after: found.cursorOf(last) } : null;
    }
  }
  return ok(count);
}

/** Those of the limits in whose present window something is spent. */
async function spentIn(ctx: RequestContext, limits: readonly LimitEntity[]): Promise<string[]> {
  const ids = limits.map(({ id }) => id);
  const windows = await findLatestWindows(ctx.db.manager, ids);
  return limits.flatMap((limit) => {
    const found = windows.get(limit.id);
    return found !== undefined && presentWindow(windowSpecOf(limit), found).spent !== 0n ? [limit.id] : [];
  });
}
