import type { EntityManager } from 'typeorm';
import type { PriceChangeKind } from '../domain/pricing/price-map-diff';
import { keysetChildren } from '../platform/database/keyset-children';
import {
  byInstant,
  keysetPage,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from '../platform/database/keyset';
import { PriceImportChangeEntity } from './price-import-change.entity';
import { PriceImportEntity, type PriceImportStatus } from './price-import.entity';
import { PriceEntity } from './price.entity';

export async function findPriceImports(
  manager: EntityManager,
  ids: readonly string[],
): Promise<PriceImportEntity[]> {
  return manager
    .createQueryBuilder(PriceImportEntity, 'price_import')
    .where('price_import.id = ANY(:ids)', { ids })
    .getMany();
}

/** The newest import of what came from an address or file, decided or not. */
export async function lastImportFrom(
  manager: EntityManager,
  source: string,
): Promise<PriceImportEntity | null> {
  return manager.findOne(PriceImportEntity, { where: { source }, order: { createdAt: 'DESC', id: 'DESC' } });
}

/** Newest first. */
export async function listPriceImports(
  manager: EntityManager,
  status: PriceImportStatus | null,
  page: PageRequest,
): Promise<Page<PriceImportEntity>> {
  const query = manager.createQueryBuilder(PriceImportEntity, 'price_import').where('TRUE');
  if (status !== null) query.andWhere('price_import.status = :status', { status });
  const order = byInstant<PriceImportEntity>(
    'priceImport.createdAt',
    'price_import.created_at',
    (row) => row.createdAt,
    { descending: true },
  );
  return keysetPage(query, order, page);
}

const BY_MAP: KeysetOrder<PriceImportChangeEntity> = {
  name: 'priceImportChange.id',
  column: 'change.id',
  cast: 'text',
  descending: false,
  valueOf: ({ id }) => id,
};

/** A page of the changes of each import, in the order of the map. */
export async function changesOfImports(
  manager: EntityManager,
  importIds: readonly string[],
  kind: PriceChangeKind | null,
  page: PageRequest,
): Promise<Map<string, Page<PriceImportChangeEntity>>> {
  const query = manager.createQueryBuilder(PriceImportChangeEntity, 'change').where('TRUE');
  if (kind !== null) query.andWhere('change.kind = :kind', { kind });
  const parent = {
    column: 'change.import_id',
    idOf: ({ importId }: PriceImportChangeEntity) => importId,
  };
  return keysetChildren(query, parent, importIds, BY_MAP, page);
}

/** Lets one import be made or decided after the other, until each transaction ends. */
export async function lockImports(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('price imports', 0))`);
}

/** The latest imported version of each model, in force or still to come, by its id. */
export async function latestImported(manager: EntityManager): Promise<PriceEntity[]> {
  return manager
    .createQueryBuilder(PriceEntity, 'price')
    .where("price.scope = 'CATALOGUE' AND price.effective_until IS NULL")
    .orderBy('price.id')
    .getMany();
}
