import type { RequestContext } from '../access/context';
import { findCallsInFlight } from './call-in-flight.repository';
import { toCallInFlight, type CallInFlight } from './call-in-flight.type';
import { findSpendLogs } from './spend-log.repository';
import { toSpendLog, type SpendLog } from './spend-log.type';

/** The row with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadSpendLog(ctx: RequestContext, id: string): Promise<SpendLog | null> {
  const loader = ctx.loaders.byId('spendLog', async (ids) => {
    const rows = await findSpendLogs(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toSpendLog(row)]));
  });
  return loader.load(id);
}

/** The call with that id while it is in flight, or null. One statement per request and level. */
export async function loadCallInFlight(ctx: RequestContext, id: string): Promise<CallInFlight | null> {
  const loader = ctx.loaders.byId('callInFlight', async (ids) => {
    const rows = await findCallsInFlight(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toCallInFlight(row)]));
  });
  return loader.load(id);
}
