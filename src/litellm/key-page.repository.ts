import type { EntityManager } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { KEY_VISIBLE_BY } from '../keys/key.repository';
import { VirtualKeyEntity } from '../keys/virtual-key.entity';

export interface KeyPageFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly alias?: string | null | undefined;
  readonly tag?: string | null | undefined;
  readonly hasAlias?: boolean | undefined;
  /** Text that the alias contains, in any case. */
  readonly aliasContains?: string | null | undefined;
}

export const KEY_SORTS = {
  created_at: 'key.created_at',
  updated_at: 'key.updated_at',
  expires: 'key.expires_at',
  key_alias: 'key.alias',
  /** What the key ever spent. */
  spend: 'total_cost',
} as const;

/** LiteLLM's lists are numbered pages with a count; those of other doors are not, because that costs more by the page. */
export interface KeyPageQuery {
  readonly filter: KeyPageFilter;
  readonly sortBy: keyof typeof KEY_SORTS;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Keys that were not deleted, and how many there are on all pages. */
export async function pageOfKeys(
  manager: EntityManager,
  visibility: Visibility,
  query: KeyPageQuery,
): Promise<readonly [keys: VirtualKeyEntity[], total: number]> {
  const { filter } = query;
  const rows = manager.createQueryBuilder(VirtualKeyEntity, 'key').where('key.deleted_at IS NULL');
  const equals = {
    organization_id: filter.organizationId,
    team_id: filter.teamId,
    project_id: filter.projectId,
    user_id: filter.userId,
    id: filter.keyId,
    alias: filter.alias,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) rows.andWhere(`key.${column} = :${column}`, { [column]: value });
  }
  if (filter.tag != null) rows.andWhere(':tag = ANY(key.tags)', { tag: filter.tag });
  if (filter.hasAlias === true) rows.andWhere('key.alias IS NOT NULL');
  if (filter.aliasContains != null) {
    rows.andWhere('position(lower(:text) IN lower(key.alias)) > 0', { text: filter.aliasContains });
  }
  if (query.sortBy === 'spend') {
    rows.addSelect(
      `(SELECT t.cost FROM spend_totals t WHERE t.scope = 'KEY' AND t.scope_id = key.id)`,
      'total_cost',
    );
  }
  const direction = query.descending ? 'DESC' : 'ASC';
  return onlyVisible(rows, visibility, KEY_VISIBLE_BY)
    .orderBy(KEY_SORTS[query.sortBy], direction, 'NULLS LAST')
    .addOrderBy('key.id', direction)
    .offset(query.offset)
    .limit(query.limit)
    .getManyAndCount();
}

export async function findKeyByAlias(
  manager: EntityManager,
  visibility: Visibility,
  alias: string,
): Promise<VirtualKeyEntity | null> {
  const query = manager
    .createQueryBuilder(VirtualKeyEntity, 'key')
    .where('key.deleted_at IS NULL AND key.alias = :alias', { alias });
  return onlyVisible(query, visibility, KEY_VISIBLE_BY).getOne();
}
