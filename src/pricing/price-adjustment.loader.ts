import type { RequestContext } from '../access/context';
import { RULES } from '../access/rules';
import { findPriceAdjustments } from './price-adjustment.repository';
import { toPriceAdjustment, type PriceAdjustment } from './price-adjustment.type';

/** The discount or margin with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadPriceAdjustment(ctx: RequestContext, id: string): Promise<PriceAdjustment | null> {
  if (!RULES.serverViewer.allows(ctx.principal)) return null;
  const loader = ctx.loaders.byId('priceAdjustment', async (ids) => {
    const rows = await findPriceAdjustments(ctx.db.manager, ids);
    return new Map(rows.map((row) => [row.id, toPriceAdjustment(row)]));
  });
  return loader.load(id);
}
