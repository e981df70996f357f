import type { RequestContext } from '../access/context';
import { RULES } from '../access/rules';
import { findPrices } from './price.repository';
import { toPrice, type Price } from './price.type';

/** The price with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadPrice(ctx: RequestContext, id: string): Promise<Price | null> {
  // Prices of models are visible to all who sign in, whatever rows they see; strangers see none.
  if (!RULES.signedIn.allows(ctx.principal)) return null;
  const loader = ctx.loaders.byId('price', async (ids) => {
    const rows = await findPrices(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toPrice(row)]));
  });
  return loader.load(id);
}
