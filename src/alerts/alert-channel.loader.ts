import type { RequestContext } from '../access/context';
import { findAlertChannels } from './alert-channel.repository';
import { toAlertChannel, type AlertChannel } from './alert-channel.type';

/** The channel with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadAlertChannel(ctx: RequestContext, id: string): Promise<AlertChannel | null> {
  const loader = ctx.loaders.byId('alertChannel', async (ids) => {
    const rows = await findAlertChannels(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAlertChannel(row)]));
  });
  return loader.load(id);
}
