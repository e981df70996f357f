import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { err, ok, type Result } from '../domain/result';
import type { RefreshOutcome } from '../pricing/price-refresh';

/** Fetches the price map of the configuration; null where it names none. */
export type PriceReload = (() => Promise<RefreshOutcome>) | null;

const WORDS: Readonly<Record<Exclude<RefreshOutcome, 'FAILED'>, string>> = {
  UNCHANGED: 'The price map is the one that was fetched last. Nothing changes.',
  PENDING:
    'The price map has changed. An administrator has to approve it (approvePriceImport in the GraphQL API).',
  APPROVED: 'The price map has changed, and its prices are in force.',
};

/** Answers what came of it, in words for people. */
export async function reloadPriceMap(
  ctx: RequestContext,
  reload: PriceReload,
): Promise<Result<string, string>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  if (reload === null) {
    return err(
      'No price map is fetched. Set SPENDGRAPH_PRICE_MAP_URL (or LITELLM_MODEL_COST_MAP_URL), or import one in the GraphQL API.',
    );
  }
  const outcome = await reload();
  return outcome === 'FAILED'
    ? err('The price map could not be taken; the log of the server says why.')
    : ok(WORDS[outcome]);
}
