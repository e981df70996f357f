import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { transactionNote } from '../platform/database/transaction-note';
import { AuditEntryEntity, type AuditActorKind } from './audit-entry.entity';

export interface AuditFilter {
  readonly actorKind?: AuditActorKind | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly actions?: readonly string[] | null | undefined;
  readonly subjectType?: string | null | undefined;
  readonly subjectId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  /** Whether the subject was made, changed or deleted. */
  readonly change?: 'created' | 'updated' | 'deleted' | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

/** What an action did that changed no administrative row. */
export interface AuditEvent {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly organizationId: string | null;
  /** What came of it. */
  readonly after: Readonly<Record<string, unknown>>;
}

const VISIBLE_BY = { organization: 'entry.organization_id' } as const;

/** What was before and after tells what happened: neither is null of what was changed. */
const CHANGES = {
  created: 'entry.before IS NULL',
  updated: 'entry.before IS NOT NULL AND entry.after IS NOT NULL',
  deleted: 'entry.before IS NOT NULL AND entry.after IS NULL',
} as const;

const NEWEST_FIRST = byInstant<AuditEntryEntity>(
  'entry.createdAt',
  'entry.created_at',
  (row) => row.createdAt,
  { descending: true },
);

export async function findAuditEntries(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AuditEntryEntity[]> {
  return onlyVisible(all(manager).where('entry.id = ANY(:ids)', { ids }), visibility, VISIBLE_BY).getMany();
}

/** Newest first. */
export async function listAuditEntries(
  manager: EntityManager,
  visibility: Visibility,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Page<AuditEntryEntity>> {
  return keysetPage(onlyVisible(matching(manager, filter), visibility, VISIBLE_BY), NEWEST_FIRST, page);
}

export interface NumberedAuditPage {
  /** From 1. */
  readonly number: number;
  readonly size: number;
  readonly oldestFirst: boolean;
}

/** A numbered page, and how many entries there are in all. */
export async function numberedAuditEntries(
  manager: EntityManager,
  visibility: Visibility,
  filter: AuditFilter,
  { number, size, oldestFirst }: NumberedAuditPage,
): Promise<{ readonly rows: AuditEntryEntity[]; readonly total: number }> {
  const order = oldestFirst ? 'ASC' : 'DESC';
  const [rows, total] = await onlyVisible(matching(manager, filter), visibility, VISIBLE_BY)
    .orderBy('entry.createdAt', order)
    .addOrderBy('entry.id', order)
    .skip((number - 1) * size)
    .take(size)
    .getManyAndCount();
  return { rows, total };
}

function matching(manager: EntityManager, filter: AuditFilter): SelectQueryBuilder<AuditEntryEntity> {
  const query = all(manager).where('TRUE');
  const equals = {
    actor_kind: filter.actorKind,
    actor_id: filter.actorId,
    subject_type: filter.subjectType,
    subject_id: filter.subjectId,
    organization_id: filter.organizationId,
    request_id: filter.requestId,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`entry.${column} = :${column}`, { [column]: value });
  }
  if (filter.actions != null) query.andWhere('entry.action = ANY(:actions)', { actions: filter.actions });
  if (filter.from != null) query.andWhere('entry.created_at >= :from', { from: filter.from });
  if (filter.to != null) query.andWhere('entry.created_at < :to', { to: filter.to });
  if (filter.change != null) query.andWhere(CHANGES[filter.change]);
  return query;
}

/** Writes an entry for what no trigger sees, under the name and actor of the work under way. */
export async function recordEvent(manager: EntityManager, event: AuditEvent): Promise<void> {
  const { subjectType, subjectId, organizationId, after } = event;
  await manager.query(`SELECT audit_event($1, $2, $3, $4, NULL, $5)`, [
    transactionNote(),
    subjectType,
    subjectId,
    organizationId,
    JSON.stringify(after),
  ]);
}

function all(manager: EntityManager): SelectQueryBuilder<AuditEntryEntity> {
  return manager.createQueryBuilder(AuditEntryEntity, 'entry');
}
