import type DataLoader from 'dataloader';
import type { RequestContext } from '../access/context';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import type { PageRequest } from '../platform/database/keyset';
import { limitWindowId, parseLimitWindowId } from './limit-window-id';
import { findLatestWindows, findWindows, listWindows, type LatestWindow } from './limit-window.repository';
import { toLimitWindow, type LimitWindow } from './limit-window.type';
import { findLimits } from './limit.repository';
import { toLimit, type Limit } from './limit.type';
import { presentWindow } from './present-window';

/** The limit with that id, or null when it is absent, deleted or not visible. One statement per request and level. */
export async function loadLimit(ctx: RequestContext, id: string): Promise<Limit | null> {
  const loader = ctx.loaders.byId('limit', async (ids) => {
    const rows = await findLimits(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toLimit(row)]));
  });
  return loader.load(id);
}

/** The window that calls are booked to now. One statement for all limits of a request. */
export async function loadPresentWindow(ctx: RequestContext, limit: Limit): Promise<LimitWindow> {
  const latest = await latestWindows(ctx).load(limit.id);
  if (latest === null) throw new Error(`The windows of ${limit.id} were not read.`);
  const { id, rawAmount, rawSoftAmount } = limit;
  const inForce = { id, rawAmount: rawAmount + latest.increase, rawSoftAmount };
  return toLimitWindow(inForce, presentWindow(limit.spec, latest));
}

/** The amount in force now, with temporary increases. Read together with the present window. */
export async function loadEffectiveAmount(ctx: RequestContext, limit: Limit): Promise<bigint> {
  const latest = await latestWindows(ctx).load(limit.id);
  return limit.rawAmount + (latest?.increase ?? 0n);
}

/** Gives the request what was read already, so that it isn't read again. */
export function primePresentWindow(ctx: RequestContext, limitId: string, latest: LatestWindow): void {
  latestWindows(ctx).prime(limitId, latest);
}

/** The windows of a limit, newest first. One statement for all limits of a request. */
export async function loadWindows(
  ctx: RequestContext,
  limit: Limit,
  page: PageRequest,
): Promise<ConnectionOf<LimitWindow>> {
  return loadChildren(ctx.loaders, limit.id, {
    field: 'Limit.windows',
    args: page,
    fetch: (ids) => listWindows(ctx.db.manager, ids, page),
    map: (row) => toLimitWindow(limit, row),
  });
}

/** The window with that id, or null when it is absent or its limit is not visible. */
export async function loadLimitWindow(ctx: RequestContext, id: string): Promise<LimitWindow | null> {
  const parsed = parseLimitWindowId(id);
  const limit = parsed && (await loadLimit(ctx, parsed.limitId));
  if (!limit) return null;
  const present = await loadPresentWindow(ctx, limit);
  if (present.id === id) return present;
  const rows = ctx.loaders.byId('limitWindowRow', async (ids) => {
    const found = await findWindows(
      ctx.db.manager,
      ids.map(parseLimitWindowId).filter((place) => place !== null),
    );
    return new Map(found.map((row) => [limitWindowId(row.limitId, row.startsAt), row]));
  });
  const row = await rows.load(id);
  return row && toLimitWindow(limit, row);
}

function latestWindows(ctx: RequestContext): DataLoader<string, LatestWindow | null> {
  return ctx.loaders.byId('limitWindow', (ids) => findLatestWindows(ctx.db.manager, ids));
}
