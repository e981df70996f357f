import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { ExportScheduleEntity } from './export-schedule.entity';

/** One of the whole server is visible to whoever sees everything. */
const VISIBLE_BY = { organization: 'schedule.organization_id' } as const;

const OLDEST_FIRST = byInstant<ExportScheduleEntity>(
  'exportSchedule.createdAt',
  'schedule.created_at',
  (row) => row.createdAt,
);

/** Deleted ones too, for the files that were written for them. */
export async function findExportSchedules(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ExportScheduleEntity[]> {
  const query = manager
    .createQueryBuilder(ExportScheduleEntity, 'schedule')
    .where('schedule.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listExportSchedules(
  manager: EntityManager,
  visibility: Visibility,
  page: PageRequest,
): Promise<Page<ExportScheduleEntity>> {
  return keysetPage(onlyVisible(live(manager), visibility, VISIBLE_BY), OLDEST_FIRST, page);
}

/** How many an organization has, or with null the server. */
export async function countExportSchedules(
  manager: EntityManager,
  organizationId: string | null,
): Promise<number> {
  return live(manager)
    .andWhere('schedule.organization_id IS NOT DISTINCT FROM :organizationId', { organizationId })
    .getCount();
}

/**
 * A schedule whose period is over, locked until the transaction ends; null when there is none. It is over once no call that
 * was let through in it is under way any more, or at the latest instant.
 */
export async function lockDueSchedule(
  manager: EntityManager,
  now: Date,
  latest: Date,
): Promise<ExportScheduleEntity | null> {
  return live(manager)
    .andWhere('schedule.next_to <= :now', { now })
    .andWhere(
      `(schedule.next_to <= :latest OR NOT EXISTS (
         SELECT FROM reservations r WHERE r.state = 'RESERVED' AND r.admitted_at < schedule.next_to))`,
      { latest },
    )
    .orderBy('schedule.next_to')
    .addOrderBy('schedule.id')
    .limit(1)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getOne();
}

function live(manager: EntityManager): SelectQueryBuilder<ExportScheduleEntity> {
  return manager.createQueryBuilder(ExportScheduleEntity, 'schedule').where('schedule.deleted_at IS NULL');
}
