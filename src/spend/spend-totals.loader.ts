import type { RequestContext } from '../access/context';
import type { SpendTotalScope } from '../domain/spend/spend-words';
import { findSpendTotals, type SpendTotalKey } from './spend-total.repository';
import { toSpendTotals, type SpendTotals } from './spend-totals.type';

/**
 * The total of one thing; the totals of everything asked for in a request cost one statement. Does not ask whether the
 * caller may see it: the field that shows it must.
 */
export async function loadSpendTotals(
  ctx: RequestContext,
  scope: SpendTotalScope,
  scopeId: string,
): Promise<SpendTotals> {
  const loader = ctx.loaders.byId('spendTotals', async (names) => {
    const rows = await findSpendTotals(ctx.db.manager, names.map(keyOf));
    return new Map(rows.map((row) => [nameOf(row), toSpendTotals(row)]));
  });
  return (await loader.load(nameOf({ scope, scopeId }))) ?? toSpendTotals(null);
}

function nameOf({ scope, scopeId }: SpendTotalKey): string {
  return `${scope} ${scopeId}`;
}

function keyOf(name: string): SpendTotalKey {
  const space = name.indexOf(' ');
  return { scope: name.slice(0, space) as SpendTotalScope, scopeId: name.slice(space + 1) };
}
