import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { onlyVisible } from '../access/visibility';
import {
  byInstant,
  keysetPage,
  type KeysetOrder,
  type Page,
  type PageRequest,
} from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { VirtualKeyEntity } from './virtual-key.entity';

/** Columns by which a key becomes visible, for features that show keys beside other things. */
export const KEY_VISIBLE_BY = {
  organization: 'key.organization_id',
  team: 'key.team_id',
  ownUser: 'key.user_id',
  ownServiceAccount: 'key.service_account_id',
  ownKey: 'key.id',
} as const;

export interface KeyFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly serviceAccountId?: string | null | undefined;
  /** The whole alias, as written. */
  readonly alias?: string | null | undefined;
  /** Text within the alias, in any case. */
  readonly search?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly blocked?: boolean | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
}

export type KeyOrder = 'CREATED_AT_ASC' | 'CREATED_AT_DESC' | 'ALIAS_ASC' | 'ALIAS_DESC';

/** What to list, in which order, and which page of it. */
export interface KeyList {
  readonly filter: KeyFilter;
  readonly order: KeyOrder;
  readonly page: PageRequest;
}

export type KeyParent = 'organization' | 'team' | 'project' | 'user' | 'serviceAccount';

const PARENTS = {
  organization: { column: 'key.organization_id', idOf: (row: VirtualKeyEntity) => row.organizationId },
  team: { column: 'key.team_id', idOf: (row: VirtualKeyEntity) => row.teamId },
  project: { column: 'key.project_id', idOf: (row: VirtualKeyEntity) => row.projectId },
  user: { column: 'key.user_id', idOf: (row: VirtualKeyEntity) => row.userId },
  serviceAccount: { column: 'key.service_account_id', idOf: (row: VirtualKeyEntity) => row.serviceAccountId },
} as const;

export async function findKeys(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<VirtualKeyEntity[]> {
  const query = manager.createQueryBuilder(VirtualKeyEntity, 'key').where('key.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, KEY_VISIBLE_BY).getMany();
}

/** The keys with those ids, whoever may see them: for events, which are permitted one by one. */
export async function readKeys(manager: EntityManager, ids: readonly string[]): Promise<VirtualKeyEntity[]> {
  return manager.createQueryBuilder(VirtualKeyEntity, 'key').where('key.id = ANY(:ids)', { ids }).getMany();
}

/** The same as KEY_VISIBLE_BY, of a row that has been read. */
export function isKeyVisible(
  row: Pick<VirtualKeyEntity, 'id' | 'organizationId' | 'teamId' | 'userId' | 'serviceAccountId'>,
  visibility: Visibility,
): boolean {
  return (
    visibility.everything ||
    visibility.fullOrganizationIds.includes(row.organizationId) ||
    (row.teamId !== null && visibility.fullTeamIds.includes(row.teamId)) ||
    (row.userId !== null && row.userId === visibility.ownUserId) ||
    (row.serviceAccountId !== null && row.serviceAccountId === visibility.ownServiceAccountId) ||
    visibility.ownKeyIds.includes(row.id)
  );
}

export async function listKeys(
  manager: EntityManager,
  visibility: Visibility,
  list: KeyList,
): Promise<Page<VirtualKeyEntity>> {
  return keysetPage(keyQuery(manager, visibility, list.filter), keysetOrder(list.order), list.page);
}

/** A page of keys for each of many parents of one kind, in one statement. */
export async function listKeysOf(
  manager: EntityManager,
  visibility: Visibility,
  parent: KeyParent,
  parentIds: readonly string[],
  list: KeyList,
): Promise<Map<string, Page<VirtualKeyEntity>>> {
  const query = keyQuery(manager, visibility, list.filter);
  return keysetChildren(query, PARENTS[parent], parentIds, keysetOrder(list.order), list.page);
}

function keyQuery(
  manager: EntityManager,
  visibility: Visibility,
  filter: KeyFilter,
): SelectQueryBuilder<VirtualKeyEntity> {
  const query = manager.createQueryBuilder(VirtualKeyEntity, 'key').where('TRUE');
  if (filter.includeDeleted !== true) query.andWhere('key.deleted_at IS NULL');
  const equals = {
    organization_id: filter.organizationId,
    team_id: filter.teamId,
    project_id: filter.projectId,
    user_id: filter.userId,
    service_account_id: filter.serviceAccountId,
    alias: filter.alias,
    blocked: filter.blocked,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`key.${column} = :filter_${column}`, { [`filter_${column}`]: value });
  }
  if (filter.search != null) {
    query.andWhere('position(lower(:search) IN lower(key.alias)) > 0', { search: filter.search });
  }
  if (filter.tag != null) query.andWhere(':tag = ANY(key.tags)', { tag: filter.tag });
  return onlyVisible(query, visibility, KEY_VISIBLE_BY);
}

function keysetOrder(order: KeyOrder): KeysetOrder<VirtualKeyEntity> {
  const descending = order.endsWith('_DESC');
  if (order.startsWith('ALIAS')) {
    return {
      name: `key.${order}`,
      column: "COALESCE(key.alias, '')",
      cast: 'text',
      descending,
      valueOf: (row) => row.alias ?? '',
    };
  }
  return byInstant(`key.${order}`, 'key.created_at', (row) => row.createdAt, { descending });
}
