import type { RequestContext } from '../access/context';
import { RULES } from '../access/rules';
import type { PriceChangeKind } from '../domain/pricing/price-map-diff';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { changesOfImports, findPriceImports } from './price-import.repository';
import {
  toPriceImport,
  toPriceImportChange,
  type PriceImport,
  type PriceImportChangeInfo,
} from './price-import.type';

/** The import with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadPriceImport(ctx: RequestContext, id: string): Promise<PriceImport | null> {
  if (!RULES.serverViewer.allows(ctx.principal)) return null;
  const loader = ctx.loaders.byId('priceImport', async (ids) => {
    const rows = await findPriceImports(ctx.db.manager, ids);
    return new Map(rows.map((row) => [row.id, toPriceImport(row)]));
  });
  return loader.load(id);
}

/** The changes of an import that is visible. One statement for all imports of a request. */
export async function loadChangesOfImport(
  ctx: RequestContext,
  importId: string,
  args: PageRequest & { readonly kind?: PriceChangeKind | null },
): Promise<ConnectionOf<PriceImportChangeInfo>> {
  return loadChildren(ctx.loaders, importId, {
    field: 'PriceImport.changes',
    args,
    fetch: (ids) => changesOfImports(ctx.db.manager, ids, args.kind ?? null, args),
    map: toPriceImportChange,
  });
}
