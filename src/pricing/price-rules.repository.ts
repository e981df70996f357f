import type { EntityManager } from 'typeorm';
import type { PriceRule } from '../domain/pricing/choose-price';
import { priceSheetFromJson } from '../domain/pricing/price-json';
import { PriceEntity } from './price.entity';

/** Every stored price rule, past and future ones included: a call is priced at the instant of its admission. */
export async function loadPriceRules(manager: EntityManager): Promise<PriceRule[]> {
  return (await manager.find(PriceEntity)).map(toPriceRule);
}

export function toPriceRule(row: PriceEntity): PriceRule {
  const sheet = priceSheetFromJson(row.sheet);
  if (!sheet.ok) throw new Error(`The stored price ${row.id} cannot be read: ${sheet.error.message}`);
  return {
    id: row.id,
    scope: row.scope,
    scopeId: row.scopeId,
    provider: row.provider,
    model: row.model,
    effectiveFromMs: row.effectiveFrom.getTime(),
    effectiveUntilMs: row.effectiveUntil?.getTime() ?? null,
    sheet: sheet.value,
    source: row.source,
  };
}
