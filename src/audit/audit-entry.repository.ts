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
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), NEWEST_FIRST, page);
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
