import type { EntityManager } from 'typeorm';
import { Decimal } from '../domain/money/rate';
import type { AdjustmentRule } from '../domain/pricing/adjustment-rules';
import { PriceAdjustmentEntity } from './price-adjustment.entity';

/** Every stored discount and margin, past and future ones included: a call has those of its admission. */
export async function loadAdjustmentRules(manager: EntityManager): Promise<AdjustmentRule[]> {
  return (await manager.find(PriceAdjustmentEntity)).map(toAdjustmentRule);
}

function toAdjustmentRule(row: PriceAdjustmentEntity): AdjustmentRule {
  const { id, scope, scopeId, provider, discount, marginPercentage, marginFixedUsd } = row;
  const hasMargin = marginPercentage !== null && marginFixedUsd !== null;
  return {
    ...{ id, scope, scopeId, provider },
    discount: discount === null ? null : new Decimal(discount),
    margin: hasMargin
      ? { percentage: new Decimal(marginPercentage), fixed: new Decimal(marginFixedUsd) }
      : null,
    effectiveFromMs: row.effectiveFrom.getTime(),
    effectiveUntilMs: row.effectiveUntil?.getTime() ?? null,
  };
}
