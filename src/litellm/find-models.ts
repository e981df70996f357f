import type { RequestContext } from '../access/context';
import type { PriceRule } from '../domain/pricing/choose-price';
import type { ListedModel } from '../models/model-router';
import type { Route } from '../models/route';
import { priceOf } from './model-costs';
import { routeOf } from './route-of';
import type { LitellmServices } from './services';

export interface DescribedModel extends ListedModel {
  readonly route: Route | null;
  /** What it costs this caller now; null when it has no price. */
  readonly price: PriceRule | null;
}

const PAGE = 100;

/** The models that the caller may use, by name, with their prices. */
export async function findModels(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'models' | 'router' | 'pricing'>,
  name: string | undefined,
): Promise<DescribedModel[]> {
  const found: DescribedModel[] = [];
  for (let after: string | null = null; ;) {
    const page = await services.models.list(ctx, { search: name }, { first: PAGE, after });
    for (const model of page.rows) {
      if (name !== undefined && model.id !== name) continue;
      const [route, price] = [await routeOf(services, model.id), await priceOf(ctx, services, model.id)];
      found.push({ ...model, route, price });
    }
    const last = page.rows.at(-1);
    if (!page.hasNextPage || !last) return found;
    after = page.cursorOf(last);
  }
}
