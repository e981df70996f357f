import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { TeamEntity } from './team.entity';

const VISIBLE_BY = { organization: 'team.organization_id', team: 'team.id', knownTeam: 'team.id' };

const OLDEST_FIRST = byInstant<TeamEntity>('team.createdAt', 'team.created_at', (row) => row.createdAt);

export interface TeamFilter {
  readonly organizationId?: string | null | undefined;
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
  readonly includeArchived?: boolean | null | undefined;
}

export async function findTeams(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<TeamEntity[]> {
  const query = manager.createQueryBuilder(TeamEntity, 'team').where('team.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listTeams(
  manager: EntityManager,
  visibility: Visibility,
  filter: TeamFilter,
  page: PageRequest,
): Promise<Page<TeamEntity>> {
  return keysetPage(filteredTeams(manager, visibility, filter), OLDEST_FIRST, page);
}

export async function listTeamsOfOrganizations(
  manager: EntityManager,
  visibility: Visibility,
  organizationIds: readonly string[],
  filter: TeamFilter,
  page: PageRequest,
): Promise<Map<string, Page<TeamEntity>>> {
  const query = filteredTeams(manager, visibility, filter);
  const parent = { column: 'team.organization_id', idOf: (row: TeamEntity) => row.organizationId };
  return keysetChildren(query, parent, organizationIds, OLDEST_FIRST, page);
}

/** The team, whose row nobody changes until the transaction ends; null when absent. */
export async function holdTeam(manager: EntityManager, id: string): Promise<TeamEntity | null> {
  return manager
    .createQueryBuilder(TeamEntity, 'team')
    .where('team.id = :id', { id })
    .setLock('pessimistic_read')
    .getOne();
}

/** As `holdTeam`, and nobody else holds the row either. */
export async function lockTeam(manager: EntityManager, id: string): Promise<TeamEntity | null> {
  return manager
    .createQueryBuilder(TeamEntity, 'team')
    .where('team.id = :id', { id })
    .setLock('pessimistic_write')
    .getOne();
}

function filteredTeams(
  manager: EntityManager,
  visibility: Visibility,
  filter: TeamFilter,
): SelectQueryBuilder<TeamEntity> {
  const query = manager.createQueryBuilder(TeamEntity, 'team').where('TRUE');
  const { organizationId, search } = filter;
  if (filter.includeArchived !== true) query.andWhere('team.archived_at IS NULL');
  if (organizationId != null) query.andWhere('team.organization_id = :organizationId', { organizationId });
  if (search != null) query.andWhere('position(lower(:search) IN lower(team.name)) > 0', { search });
  return onlyVisible(query, visibility, VISIBLE_BY);
}
