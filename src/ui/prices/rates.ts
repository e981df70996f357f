import type { CatalogueQuery, UsageUnit } from '../generated/operations';
import { usd } from '../lib/format';

export type Model = CatalogueQuery['cataloguePrices']['nodes'][number];
type Rate = Model['rates'][number];

/** What a million of a unit cost; nothing where the price knows no such rate. */
export function rateOf(rates: readonly Rate[], unit: UsageUnit): string {
  const found = rates.find((rate) => rate.unit === unit);
  return found?.usdPerMillion == null ? '' : usd(found.usdPerMillion);
}
