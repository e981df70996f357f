import type { EntityManager } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { AccessTokenEntity } from './access-token.entity';

const VISIBLE_BY = {
  organization: 'token.organization_id',
  team: 'token.team_id',
  ownUser: 'token.user_id',
  ownServiceAccount: 'token.service_account_id',
};

/** Whose tokens they are. */
export type TokenParent = 'user' | 'serviceAccount';

const PARENTS = {
  user: { column: 'token.user_id', idOf: (row: AccessTokenEntity) => row.userId },
  serviceAccount: {
    column: 'token.service_account_id',
    idOf: (row: AccessTokenEntity) => row.serviceAccountId,
  },
} as const;

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

export async function listAccessTokensOf(
  manager: EntityManager,
  visibility: Visibility,
  parent: TokenParent,
  parentIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<AccessTokenEntity>>> {
  const query = manager.createQueryBuilder(AccessTokenEntity, 'token').where('TRUE');
  onlyVisible(query, visibility, VISIBLE_BY);
  return keysetChildren(query, PARENTS[parent], parentIds, NEWEST_FIRST, page);
}

/** How many tokens of the holder are neither revoked nor expired. */
export async function countUsableAccessTokens(
  manager: EntityManager,
  holderId: string,
  now: Date,
): Promise<number> {
  return manager
    .createQueryBuilder(AccessTokenEntity, 'token')
    .where('(token.user_id = :holderId OR token.service_account_id = :holderId)', { holderId })
    .andWhere('token.revoked_at IS NULL AND NOT token.is_session')
    .andWhere('(token.expires_at IS NULL OR token.expires_at > :now)', { now })
    .getCount();
}
