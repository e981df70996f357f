import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { PriceAdjustmentEntity } from './price-adjustment.entity';

export interface PriceAdjustmentFilter {
  readonly scope?: AdjustmentScope | null | undefined;
  readonly scopeId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  /** Only those in force at the instant. */
  readonly effectiveAt?: Date | null | undefined;
}

/** What one version replaces another in: the same payer and the same provider. */
export interface AdjustmentSlot {
  readonly scope: AdjustmentScope;
  readonly scopeId: string | null;
  readonly provider: string | null;
}

export async function findPriceAdjustments(
  manager: EntityManager,
  ids: readonly string[],
): Promise<PriceAdjustmentEntity[]> {
  return all(manager).where('adjustment.id = ANY(:ids)', { ids }).getMany();
}

/** Newest first. */
export async function listPriceAdjustments(
  manager: EntityManager,
  filter: PriceAdjustmentFilter,
  page: PageRequest,
): Promise<Page<PriceAdjustmentEntity>> {
  const query = all(manager).where('TRUE');
  const equals = { scope: filter.scope, scope_id: filter.scopeId, provider: filter.provider };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`adjustment.${column} = :${column}`, { [column]: value });
  }
  if (filter.effectiveAt != null) {
    query.andWhere('adjustment.effective_from <= :at', { at: filter.effectiveAt });
    query.andWhere('(adjustment.effective_until IS NULL OR adjustment.effective_until > :at)');
  }
  const order = byInstant<PriceAdjustmentEntity>(
    'adjustment.createdAt',
    'adjustment.created_at',
    (row) => row.createdAt,
    { descending: true },
  );
  return keysetPage(query, order, page);
}

/** Lets one change of a slot run after the other, until each transaction ends. */
export async function lockAdjustmentSlot(manager: EntityManager, slot: AdjustmentSlot): Promise<void> {
  const name = JSON.stringify([slot.scope, slot.scopeId, slot.provider]);
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('price adjustment ' || $1, 0))`, [name]);
}

/** The slot's versions that are in force at some instant from `from` until `until`, by their start. */
export async function adjustmentsWithin(
  manager: EntityManager,
  slot: AdjustmentSlot,
  from: Date,
  until: Date | null,
): Promise<PriceAdjustmentEntity[]> {
  return all(manager)
    .where('adjustment.scope = :scope', { scope: slot.scope })
    .andWhere('adjustment.scope_id IS NOT DISTINCT FROM :scopeId', { scopeId: slot.scopeId })
    .andWhere('adjustment.provider IS NOT DISTINCT FROM :provider', { provider: slot.provider })
    .andWhere('(adjustment.effective_until IS NULL OR adjustment.effective_until > :from)', { from })
    .andWhere('(CAST(:until AS timestamptz) IS NULL OR adjustment.effective_from < :until)', { until })
    .orderBy('adjustment.effective_from')
    .getMany();
}

function all(manager: EntityManager): SelectQueryBuilder<PriceAdjustmentEntity> {
  return manager.createQueryBuilder(PriceAdjustmentEntity, 'adjustment');
}
