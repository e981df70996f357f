import type { RequestContext } from '../access/context';
import { findJournalledCalls } from './journalled-call.repository';

/** Whether the call was let through without the database. One statement per request and level. */
export async function loadIsJournalled(ctx: RequestContext, callId: string): Promise<boolean> {
  const loader = ctx.loaders.byId('journalledCall', async (ids) => {
    const found = await findJournalledCalls(ctx.db.manager, ids);
    return new Map(found.map((id) => [id, true as const]));
  });
  return (await loader.load(callId)) ?? false;
}
