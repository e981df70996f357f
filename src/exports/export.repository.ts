import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { ExportStatus } from '../domain/exports/export-words';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { ExportEntity } from './export.entity';

export interface ExportListFilter {
  readonly scheduleId?: string | null | undefined;
  readonly status?: ExportStatus | null | undefined;
}

/** Visible to whoever asked for it; those of a schedule to whoever sees all of its organization. */
const VISIBLE_BY = {
  organization: 'export.organization_id',
  ownUser: 'export.user_id',
  // Ids of service accounts are like no others.
  ownServiceAccount: 'export.created_by',
  ownKey: 'export.key_id',
} as const;

const NEWEST_FIRST = byInstant<ExportEntity>(
  'export.createdAt',
  'export.created_at',
  (row) => row.createdAt,
  { descending: true },
);

export async function findExports(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ExportEntity[]> {
  return onlyVisible(all(manager).where('export.id = ANY(:ids)', { ids }), visibility, VISIBLE_BY).getMany();
}

/** Newest first. */
export async function listExports(
  manager: EntityManager,
  visibility: Visibility,
  filter: ExportListFilter,
  page: PageRequest,
): Promise<Page<ExportEntity>> {
  const query = all(manager).where('TRUE');
  if (filter.scheduleId != null) query.andWhere('export.schedule_id = :id', { id: filter.scheduleId });
  if (filter.status != null) query.andWhere('export.status = :status', { status: filter.status });
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), NEWEST_FIRST, page);
}

/** How many somebody asked for that are not written yet. */
export async function countUnwritten(manager: EntityManager, createdBy: string): Promise<number> {
  return all(manager)
    .where(`export.schedule_id IS NULL AND export.created_by = :createdBy`, { createdBy })
    .andWhere(`export.status IN ('PENDING', 'RUNNING')`)
    .getCount();
}

function all(manager: EntityManager): SelectQueryBuilder<ExportEntity> {
  return manager.createQueryBuilder(ExportEntity, 'export');
}
