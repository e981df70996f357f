import { Brackets, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { VirtualKeyEntity } from '../keys/virtual-key.entity';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { TeamEntity } from '../teams/team.entity';
import { PriceEntity } from './price.entity';

export type StoredPriceScope = PriceEntity['scope'];

export interface PriceFilter {
  readonly scope?: StoredPriceScope | null | undefined;
  readonly scopeId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  /** The name or pattern as it was entered. */
  readonly model?: string | null | undefined;
  /** Only those in force at the instant. */
  readonly effectiveAt?: Date | null | undefined;
}

/** What one price replaces another in: the same thing, for the same model of the same provider. */
export interface PriceSlot {
  readonly scope: StoredPriceScope;
  readonly scopeId: string | null;
  readonly provider: string | null;
  readonly model: string;
}

/** A price of a model or deployment, and a list price, is visible to all who sign in; a contract's price is visible to those who see the key, team or organization that it is for. */
const VISIBLE_BY = {
  organization:
    "COALESCE(key.organization_id, team.organization_id, CASE contract.scope WHEN 'ORGANIZATION' THEN contract.scope_id END)",
  team: 'COALESCE(key.team_id, team.id)',
  knownOrganization: "CASE contract.scope WHEN 'ORGANIZATION' THEN contract.scope_id END",
  knownTeam: 'team.id',
  ownUser: 'key.user_id',
  ownKey: 'key.id',
};

export async function findPrices(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<PriceEntity[]> {
  const query = manager.createQueryBuilder(PriceEntity, 'price').where('price.id = ANY(:ids)', { ids });
  return onlyVisiblePrices(query, visibility).getMany();
}

/** Newest first. */
export async function listPrices(
  manager: EntityManager,
  visibility: Visibility,
  filter: PriceFilter,
  page: PageRequest,
): Promise<Page<PriceEntity>> {
  const query = manager.createQueryBuilder(PriceEntity, 'price').where('TRUE');
  const equals = {
    scope: filter.scope,
    scope_id: filter.scopeId,
    provider: filter.provider,
    model: filter.model,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`price.${column} = :filter_${column}`, { [`filter_${column}`]: value });
  }
  if (filter.effectiveAt != null) {
    query.andWhere(
      'price.effective_from <= :at AND (price.effective_until IS NULL OR price.effective_until > :at)',
      { at: filter.effectiveAt },
    );
  }
  return keysetPage(
    onlyVisiblePrices(query, visibility),
    byInstant('price.createdAt', 'price.created_at', (row) => row.createdAt, { descending: true }),
    page,
  );
}

/** Lets one change of a slot's prices run after the other, until each transaction ends. */
export async function lockSlot(manager: EntityManager, slot: PriceSlot): Promise<void> {
  const name = JSON.stringify([slot.scope, slot.scopeId, slot.provider, slot.model]);
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('price ' || $1, 0))`, [name]);
}

/** The slot's prices that are in force at some instant from `from` until `until`, by their start. */
export async function pricesWithin(
  manager: EntityManager,
  slot: PriceSlot,
  from: Date,
  until: Date | null,
): Promise<PriceEntity[]> {
  return inSlot(manager, slot)
    .andWhere('(price.effective_until IS NULL OR price.effective_until > :from)', { from })
    .andWhere('(CAST(:until AS timestamptz) IS NULL OR price.effective_from < :until)', { until })
    .orderBy('price.effective_from')
    .getMany();
}

/** The slot's price that ends at the instant, if any. */
export async function priceEndingAt(
  manager: EntityManager,
  slot: PriceSlot,
  at: Date,
): Promise<PriceEntity | null> {
  return inSlot(manager, slot).andWhere('price.effective_until = :at', { at }).getOne();
}

function inSlot(manager: EntityManager, slot: PriceSlot): SelectQueryBuilder<PriceEntity> {
  return manager
    .createQueryBuilder(PriceEntity, 'price')
    .where('price.scope = :scope AND price.model = :model', { scope: slot.scope, model: slot.model })
    .andWhere('price.scope_id IS NOT DISTINCT FROM :scopeId', { scopeId: slot.scopeId })
    .andWhere('price.provider IS NOT DISTINCT FROM :provider', { provider: slot.provider });
}

function onlyVisiblePrices(
  query: SelectQueryBuilder<PriceEntity>,
  visibility: Visibility,
): SelectQueryBuilder<PriceEntity> {
  if (visibility.everything) return query;
  const contracts = query
    .createQueryBuilder()
    .select('contract.id')
    .from(PriceEntity, 'contract')
    .leftJoin(VirtualKeyEntity, 'key', "contract.scope = 'KEY' AND key.id = contract.scope_id")
    .leftJoin(TeamEntity, 'team', "contract.scope = 'TEAM' AND team.id = contract.scope_id")
    .where("contract.scope IN ('KEY', 'TEAM', 'ORGANIZATION')");
  onlyVisible(contracts, visibility, VISIBLE_BY);
  return query.andWhere(
    new Brackets((either) => {
      either
        .where("price.scope IN ('MODEL', 'DEPLOYMENT', 'CATALOGUE')")
        .orWhere(`price.id IN (${contracts.getQuery()})`);
    }),
    contracts.getParameters(),
  );
}
