import { requestContext } from '../access/context';
import type { Lifecycle } from '../platform/lifecycle';
import { PriceImportService } from '../pricing/price-import.service';
import { PriceMapSource } from '../pricing/price-map-source';
import { PriceRefresh } from '../pricing/price-refresh';
import type { ServiceParts } from './services';

/** Fetches the operator's price map from now on, where there is one. Null without. */
export function startPriceRefresh(parts: ServiceParts, lifecycle: Lifecycle): PriceRefresh | null {
  const { config, database, hints, clock, log } = parts;
  const { url, refreshMs, approves } = config.priceMap;
  if (url === null || config.upstream.isAirGapped) return null;
  const { db } = database;
  // The operator's own setting may name a mirror inside the network, which a caller of the API may not.
  const source = new PriceMapSource({ ...config.upstream, allowsPrivateAddresses: true });
  const refresh = new PriceRefresh({
    imports: new PriceImportService(db, hints, source),
    contextOf: () => requestContext({ requestId: 'price-refresh', principal: { kind: 'MASTER' }, clock, db }),
    ...{ url, approves, log, intervalMs: refreshMs },
  });
  refresh.start();
  lifecycle.onStop('the price refresh', () => refresh.stop());
  return refresh;
}
