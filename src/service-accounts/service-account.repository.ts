import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { ServiceAccountEntity } from './service-account.entity';

const VISIBLE_BY = {
  organization: 'account.organization_id',
  team: 'account.team_id',
  ownServiceAccount: 'account.id',
};

const OLDEST_FIRST = byInstant<ServiceAccountEntity>(
  'serviceAccount.createdAt',
  'account.created_at',
  (row) => row.createdAt,
);

export interface ServiceAccountFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
  readonly blocked?: boolean | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
}

export type ServiceAccountParent = 'organization' | 'team';

const PARENTS = {
  organization: {
    column: 'account.organization_id',
    idOf: (row: ServiceAccountEntity) => row.organizationId,
  },
  team: { column: 'account.team_id', idOf: (row: ServiceAccountEntity) => row.teamId },
} as const;

/** Deleted ones too: what they did still names them. */
export async function findServiceAccounts(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ServiceAccountEntity[]> {
  const query = manager
    .createQueryBuilder(ServiceAccountEntity, 'account')
    .where('account.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listServiceAccounts(
  manager: EntityManager,
  visibility: Visibility,
  filter: ServiceAccountFilter,
  page: PageRequest,
): Promise<Page<ServiceAccountEntity>> {
  return keysetPage(filtered(manager, visibility, filter), OLDEST_FIRST, page);
}

export async function listServiceAccountsOf(
  manager: EntityManager,
  visibility: Visibility,
  parent: ServiceAccountParent,
  parentIds: readonly string[],
  filter: ServiceAccountFilter,
  page: PageRequest,
): Promise<Map<string, Page<ServiceAccountEntity>>> {
  const query = filtered(manager, visibility, filter);
  return keysetChildren(query, PARENTS[parent], parentIds, OLDEST_FIRST, page);
}

/** The service account, whose row nobody else changes until the transaction ends; null when absent or deleted. */
export async function lockServiceAccount(
  manager: EntityManager,
  id: string,
): Promise<ServiceAccountEntity | null> {
  return inUse(manager, id).setLock('pessimistic_write').getOne();
}

/** As `lockServiceAccount`, but others may hold it too. */
export async function holdServiceAccount(
  manager: EntityManager,
  id: string,
): Promise<ServiceAccountEntity | null> {
  return inUse(manager, id).setLock('pessimistic_read').getOne();
}

/**
 * Makes every copy of its keys an old one, so that the next call with any of them finds out what it may do now. The table
 * of keys is named here although its feature comes later.
 */
export async function outdateKeysOf(manager: EntityManager, serviceAccountId: string): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await manager.query(
    `UPDATE virtual_keys SET version = version + 1 WHERE service_account_id = $1 AND deleted_at IS NULL RETURNING id`,
    [serviceAccountId],
  );
  return rows.map(({ id }) => id);
}

/** Revokes its tokens; their rows stay as history. */
export async function revokeTokensOf(
  manager: EntityManager,
  serviceAccountId: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE access_tokens SET revoked_at = $2::timestamptz WHERE service_account_id = $1 AND revoked_at IS NULL`,
    [serviceAccountId, now],
  );
}

function inUse(manager: EntityManager, id: string): SelectQueryBuilder<ServiceAccountEntity> {
  return manager
    .createQueryBuilder(ServiceAccountEntity, 'account')
    .where('account.id = :id AND account.deleted_at IS NULL', { id });
}

function filtered(
  manager: EntityManager,
  visibility: Visibility,
  filter: ServiceAccountFilter,
): SelectQueryBuilder<ServiceAccountEntity> {
  const query = manager.createQueryBuilder(ServiceAccountEntity, 'account').where('TRUE');
  const { organizationId, teamId, search, blocked } = filter;
  if (filter.includeDeleted !== true) query.andWhere('account.deleted_at IS NULL');
  if (organizationId != null) query.andWhere('account.organization_id = :organizationId', { organizationId });
  if (teamId != null) query.andWhere('account.team_id = :teamId', { teamId });
  if (blocked != null) query.andWhere('account.blocked = :blocked', { blocked });
  if (search != null) query.andWhere('position(lower(:search) IN lower(account.name)) > 0', { search });
  return onlyVisible(query, visibility, VISIBLE_BY);
}
