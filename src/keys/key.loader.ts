import type { RequestContext } from '../access/context';
import { findKeys } from './key.repository';
import { toVirtualKey, type VirtualKey } from './key.type';

/** The key with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadKey(ctx: RequestContext, id: string): Promise<VirtualKey | null> {
  const loader = ctx.loaders.byId('key', async (ids) => {
    const rows = await findKeys(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toVirtualKey(row, ctx.clock.now())]));
  });
  return loader.load(id);
}
