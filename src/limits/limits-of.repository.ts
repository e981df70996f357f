import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import type { LimitScope } from '../domain/limits/scope';
import type { Page, PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { LimitEntity } from './limit.entity';
import { OLDEST_LIMIT_FIRST, visibleLimits } from './limit.repository';

/** The limits set on each of these things of one scope, oldest first, a page each. */
export async function listLimitsOf(
  manager: EntityManager,
  visibility: Visibility,
  scope: LimitScope,
  scopeIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<LimitEntity>>> {
  const query = manager
    .createQueryBuilder(LimitEntity, 'lim')
    .where('lim.deleted_at IS NULL')
    .andWhere('lim.scope = :scope', { scope });
  const parent = { column: 'lim.scope_id', idOf: (row: LimitEntity) => row.scopeId };
  return keysetChildren(visibleLimits(query, visibility), parent, scopeIds, OLDEST_LIMIT_FIRST, page);
}
