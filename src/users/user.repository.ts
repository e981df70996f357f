import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { ServerRole } from '../access/principal';
import type { Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { UserEntity } from './user.entity';

export interface UserFilter {
  /** Text that the name or e-mail address contains, in any case. */
  readonly search?: string | null | undefined;
  /** The whole e-mail address, in any case. */
  readonly email?: string | null | undefined;
  readonly role?: ServerRole | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
}

const OLDEST_FIRST = byInstant<UserEntity>('user.createdAt', 'u.created_at', (row) => row.createdAt);

/** Deleted users too: what they did still names them. */
export async function findUsers(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<UserEntity[]> {
  const query = manager.createQueryBuilder(UserEntity, 'u').where('u.id = ANY(:ids)', { ids });
  return onlyVisibleUsers(query, visibility).getMany();
}

export async function listUsers(
  manager: EntityManager,
  visibility: Visibility,
  filter: UserFilter,
  page: PageRequest,
): Promise<Page<UserEntity>> {
  const query = manager.createQueryBuilder(UserEntity, 'u').where('TRUE');
  if (filter.includeDeleted !== true) query.andWhere('u.deleted_at IS NULL');
  if (filter.role != null) query.andWhere('u.role = :role', { role: filter.role });
  if (filter.email != null) query.andWhere('lower(u.email) = lower(:email)', { email: filter.email });
  if (filter.search != null)
    query.andWhere(
      `(position(lower(:search) IN lower(u.name)) > 0 OR position(lower(:search) IN lower(u.email)) > 0)`,
      { search: filter.search },
    );
  return keysetPage(onlyVisibleUsers(query, visibility), OLDEST_FIRST, page);
}

/** The user, whose row nobody changes or deletes until the transaction ends; null when absent or deleted. */
export async function holdUser(manager: EntityManager, id: string): Promise<UserEntity | null> {
  return manager
    .createQueryBuilder(UserEntity, 'u')
    .where('u.id = :id AND u.deleted_at IS NULL', { id })
    .setLock('pessimistic_read')
    .getOne();
}

/** As `holdUser`, and nobody else holds the row either. */
export async function lockUser(manager: EntityManager, id: string): Promise<UserEntity | null> {
  return manager
    .createQueryBuilder(UserEntity, 'u')
    .where('u.id = :id AND u.deleted_at IS NULL', { id })
    .setLock('pessimistic_write')
    .getOne();
}

/** Takes away what the user could act with. The rows of memberships go; those of tokens stay as history. */
export async function removeUserAccess(manager: EntityManager, id: string, now: Date): Promise<void> {
  await manager.query(`DELETE FROM team_members WHERE user_id = $1`, [id]);
  await manager.query(`DELETE FROM organization_members WHERE user_id = $1`, [id]);
  await manager.query(
    `UPDATE access_tokens SET revoked_at = $2::timestamptz WHERE user_id = $1 AND revoked_at IS NULL`,
    [id, now],
  );
}

/**
 * Users are no tenant's: a caller sees itself, the members of what it sees fully, and its fellows in teams. The member
 * tables are named here although their features come later, because only SQL can narrow a page in one statement.
 */
function onlyVisibleUsers(
  query: SelectQueryBuilder<UserEntity>,
  visibility: Visibility,
): SelectQueryBuilder<UserEntity> {
  if (visibility.everything) return query;
  return query.andWhere(
    `(u.id = ANY(:knownUsers)
      OR EXISTS (SELECT FROM organization_members m
                  WHERE m.user_id = u.id AND m.organization_id = ANY(:fullOrganizations))
      OR EXISTS (SELECT FROM team_members m
                  WHERE m.user_id = u.id
                    AND (m.organization_id = ANY(:fullOrganizations) OR m.team_id = ANY(:fullTeams))))`,
    {
      knownUsers: visibility.knownUserIds,
      fullOrganizations: visibility.fullOrganizationIds,
      fullTeams: [...visibility.fullTeamIds, ...visibility.memberTeamIds],
    },
  );
}
