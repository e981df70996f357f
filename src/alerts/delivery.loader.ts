import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import {
  findDeliveries,
  listDeliveriesOfAlerts,
  listDeliveriesOfChannels,
  type DeliveryFilter,
} from './delivery.repository';
import { toAlertDelivery, type AlertDelivery } from './delivery.type';

/** The delivery with that id, or null when it is absent or not visible. */
export async function loadAlertDelivery(ctx: RequestContext, id: string): Promise<AlertDelivery | null> {
  const loader = ctx.loaders.byId('alertDelivery', async (ids) => {
    const rows = await findDeliveries(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toAlertDelivery(row)]));
  });
  return loader.load(id);
}

export async function loadDeliveriesOfAlert(
  ctx: RequestContext,
  alertId: string,
  args: PageRequest & DeliveryFilter,
): Promise<ConnectionOf<AlertDelivery>> {
  return loadChildren(ctx.loaders, alertId, {
    field: 'Alert.deliveries',
    args,
    fetch: (ids) => listDeliveriesOfAlerts(ctx.db.manager, ctx.visibility, ids, args),
    map: toAlertDelivery,
  });
}

export async function loadDeliveriesOfChannel(
  ctx: RequestContext,
  channelId: string,
  args: PageRequest & DeliveryFilter,
): Promise<ConnectionOf<AlertDelivery>> {
  return loadChildren(ctx.loaders, channelId, {
    field: 'AlertChannel.deliveries',
    args,
    fetch: (ids) => listDeliveriesOfChannels(ctx.db.manager, ctx.visibility, ids, args),
    map: toAlertDelivery,
  });
}
