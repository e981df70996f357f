import type { EntityManager } from 'typeorm';
import type { MemberRole, ServerRole, TeamRole } from '../access/principal';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { AccessTokenEntity } from './access-token.entity';

const VISIBLE_BY = { ownUser: 'token.user_id' };

const NEWEST_FIRST = byInstant<AccessTokenEntity>(
  'accessToken.createdAt',
  'token.created_at',
  (row) => row.createdAt,
  { descending: true },
);

export async function findAccessTokens(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AccessTokenEntity[]> {
  const query = manager.createQueryBuilder(AccessTokenEntity, 'token').where('token.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listAccessTokensOfUsers(
  manager: EntityManager,
  visibility: Visibility,
  userIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<AccessTokenEntity>>> {
  const query = manager.createQueryBuilder(AccessTokenEntity, 'token').where('TRUE');
  onlyVisible(query, visibility, VISIBLE_BY);
  const parent = { column: 'token.user_id', idOf: (row: AccessTokenEntity) => row.userId };
  return keysetChildren(query, parent, userIds, NEWEST_FIRST, page);
}

/** How many tokens of the user are neither revoked nor expired. */
export async function countUsableAccessTokens(
  manager: EntityManager,
  userId: string,
  now: Date,
): Promise<number> {
  return manager
    .createQueryBuilder(AccessTokenEntity, 'token')
    .where('token.user_id = :userId AND token.revoked_at IS NULL AND NOT token.is_session', { userId })
    .andWhere('(token.expires_at IS NULL OR token.expires_at > :now)', { now })
    .getCount();
}

/** The user behind a token, with all that decides what it may do. */
export interface TokenHolder {
  readonly userId: string;
  readonly role: ServerRole;
  readonly expiresAt: Date | null;
  readonly organizationRoles: ReadonlyMap<string, MemberRole>;
  readonly teamRoles: ReadonlyMap<string, TeamRole>;
}

/** Null unless a usable token of a user in good standing has that hash. One statement. */
export async function findTokenHolder(
  manager: EntityManager,
  hash: Buffer,
  now: Date,
): Promise<TokenHolder | null> {
  const [row]: {
    id: string;
    role: ServerRole;
    expires_at: Date | null;
    organizations: Record<string, MemberRole> | null;
    teams: Record<string, TeamRole> | null;
  }[] = await manager.query(
    `SELECT u.id, u.role, token.expires_at,
            (SELECT jsonb_object_agg(m.organization_id, m.role)
               FROM organization_members m WHERE m.user_id = u.id) AS organizations,
            (SELECT jsonb_object_agg(m.team_id,
                      jsonb_build_object('organizationId', m.organization_id, 'role', m.role))
               FROM team_members m WHERE m.user_id = u.id) AS teams
       FROM access_tokens token
       JOIN users u ON u.id = token.user_id
      WHERE token.hash = $1
        AND token.revoked_at IS NULL
        AND (token.expires_at IS NULL OR token.expires_at > $2::timestamptz)
        AND u.deleted_at IS NULL
        AND NOT u.blocked`,
    [hash, now],
  );
  if (!row) return null;
  return {
    userId: row.id,
    role: row.role,
    expiresAt: row.expires_at,
    organizationRoles: new Map(Object.entries(row.organizations ?? {})),
    teamRoles: new Map(Object.entries(row.teams ?? {})),
  };
}
