import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { LimitScope, LimitUnit } from '../domain/limits/scope';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { LimitEntity } from './limit.entity';

export const OLDEST_LIMIT_FIRST = byInstant<LimitEntity>(
  'limit.createdAt',
  'lim.created_at',
  (row) => row.createdAt,
);

export interface LimitFilter {
  readonly scope?: LimitScope | null | undefined;
  readonly scopeId?: string | null | undefined;
  readonly unit?: LimitUnit | null | undefined;
  readonly organizationId?: string | null | undefined;
}

export async function findLimits(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<LimitEntity[]> {
  const query = manager
    .createQueryBuilder(LimitEntity, 'lim')
    .where('lim.id = ANY(:ids)', { ids })
    .andWhere('lim.deleted_at IS NULL');
  return visibleLimits(query, visibility).getMany();
}

export async function listLimits(
  manager: EntityManager,
  visibility: Visibility,
  filter: LimitFilter,
  page: PageRequest,
): Promise<Page<LimitEntity>> {
  const query = manager.createQueryBuilder(LimitEntity, 'lim').where('lim.deleted_at IS NULL');
  if (filter.scope != null) query.andWhere('lim.scope = :scope', { scope: filter.scope });
  if (filter.scopeId != null) query.andWhere('lim.scope_id = :scopeId', { scopeId: filter.scopeId });
  if (filter.unit != null) query.andWhere('lim.unit = :unit', { unit: filter.unit });
  if (filter.organizationId != null)
    query.andWhere('lim.organization_id = :organizationId', { organizationId: filter.organizationId });
  return keysetPage(visibleLimits(query, visibility), OLDEST_LIMIT_FIRST, page);
}

/**
 * A limit is visible to whoever sees all of its organization, and to whoever sees the thing it is set on. Limits of
 * keys follow the visibility of keys: a team's plain member sees those of their own keys only.
 */
export function visibleLimits(
  query: SelectQueryBuilder<LimitEntity>,
  visibility: Visibility,
): SelectQueryBuilder<LimitEntity> {
  const only = (scope: LimitScope, column = 'lim.scope_id'): string =>
    `CASE WHEN lim.scope = '${scope}' THEN ${column} END`;
  const keyColumn = (column: string): string =>
    `(SELECT k.${column} FROM virtual_keys k WHERE lim.scope = 'KEY' AND k.id = lim.scope_id)`;
  // Undoes what `pairedId` writes: the team before the first slash, the user after it.
  const memberTeam = `replace(replace(split_part(lim.scope_id, '/', 1), '%2F', '/'), '%25', '%')`;
  const memberUser = `substr(lim.scope_id, strpos(lim.scope_id, '/') + 1)`;
  return onlyVisible(query, visibility, {
    organization: 'lim.organization_id',
    team: `coalesce(${only('TEAM')}, ${only('TEAM_MEMBER', memberTeam)}, ${keyColumn('team_id')}, (SELECT p.team_id FROM projects p WHERE lim.scope = 'PROJECT' AND p.id = lim.scope_id))`,
    knownOrganization: only('ORGANIZATION'),
    knownTeam: only('TEAM'),
    knownProject: only('PROJECT'),
    knownUser: only('USER'),
    ownUser: `coalesce(${only('TEAM_MEMBER', memberUser)}, ${keyColumn('user_id')})`,
    ownKey: only('KEY'),
  });
}
