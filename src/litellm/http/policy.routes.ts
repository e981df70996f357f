import { fromIssues, badRequest } from '../failure';
import { BLOCK_UNPRICED } from '../cost.schema';
import { reloadPriceMap } from '../reload-price-map';
import { NOTHING } from '../spend.schema';
import { answer, defineRoute, type LitellmRoute } from './route';

const PATH = '/config/block_requests_for_models_without_pricing';

/** What decides about prices, beside the prices themselves. */
export const POLICY_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: PATH,
    summary: 'Whether calls of models without a price are refused.',
    members: NOTHING,
    async handle(ctx, _input, services) {
      return answer({ enabled: await services.unpricedPolicy.refuses(ctx) });
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: PATH,
    summary:
      'Refuses calls of models without a price from now on, or lets them through, to be booked as unpriced.',
    members: BLOCK_UNPRICED,
    async handle(ctx, { enabled }, services) {
      const set = await services.unpricedPolicy.set(ctx, enabled);
      if (!set.ok) return fromIssues(set.error, { refuses: 'enabled' });
      const what = enabled ? 'are refused' : 'are let through and booked as unpriced';
      return answer({ message: `Calls of models without a price ${what}.`, status: 'success', enabled });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/reload/model_cost_map',
    summary: "Fetches the operator's price map now. What it would change waits for approval, as ever.",
    members: NOTHING,
    async handle(ctx, _input, services) {
      const reloaded = await reloadPriceMap(ctx, services.priceReload);
      if (!reloaded.ok) return badRequest(null, reloaded.error);
      return answer({
        message: reloaded.value,
        status: 'success',
        timestamp: new Date(ctx.clock.now()).toISOString(),
      });
    },
  }),
];
