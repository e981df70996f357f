import type { PriceMap } from '../domain/pricing/litellm-price-map';
import { priceSheetToJson, type PriceSheetJson } from '../domain/pricing/price-json';
import { diffPriceMap, type PriceMapDiff } from '../domain/pricing/price-map-diff';
import { findCataloguePrice } from './catalogue';
import { findMediaPrice } from './media-prices';
import type { PriceEntity } from './price.entity';
import { toPriceRule } from './price-rules.repository';

/** What a map would change, beside the latest imported prices and the list prices that come with the program. */
export function comparePriceMap(map: PriceMap, imported: readonly PriceEntity[], atMs: number): PriceMapDiff {
  const before = imported.map((row) => {
    const { id, provider, model } = row;
    return { id, provider, model, sheet: priceSheetToJson(toPriceRule(row).sheet) };
  });
  return diffPriceMap(map, before, (provider, model) => listedSheet(provider, model, atMs));
}

function listedSheet(provider: string | null, model: string, atMs: number): PriceSheetJson | null {
  const listed = findCataloguePrice(provider, model, atMs) ?? findMediaPrice(provider, model);
  return listed === null ? null : priceSheetToJson(listed.sheet);
}
