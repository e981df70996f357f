import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { ProjectEntity } from './project.entity';

const VISIBLE_BY = {
  organization: 'project.organization_id',
  team: 'project.team_id',
  memberTeam: 'project.team_id',
  knownProject: 'project.id',
};

const OLDEST_FIRST = byInstant<ProjectEntity>(
  'project.createdAt',
  'project.created_at',
  (row) => row.createdAt,
);

export interface ProjectFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
  readonly includeArchived?: boolean | null | undefined;
}

export async function findProjects(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ProjectEntity[]> {
  const query = manager.createQueryBuilder(ProjectEntity, 'project').where('project.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listProjects(
  manager: EntityManager,
  visibility: Visibility,
  filter: ProjectFilter,
  page: PageRequest,
): Promise<Page<ProjectEntity>> {
  return keysetPage(filteredProjects(manager, visibility, filter), OLDEST_FIRST, page);
}

export async function listProjectsOfTeams(
  manager: EntityManager,
  visibility: Visibility,
  teamIds: readonly string[],
  filter: ProjectFilter,
  page: PageRequest,
): Promise<Map<string, Page<ProjectEntity>>> {
  const query = filteredProjects(manager, visibility, filter);
  const parent = { column: 'project.team_id', idOf: (row: ProjectEntity) => row.teamId };
  return keysetChildren(query, parent, teamIds, OLDEST_FIRST, page);
}

/** The project, whose row nobody else changes or holds until the transaction ends; null when absent. */
export async function lockProject(manager: EntityManager, id: string): Promise<ProjectEntity | null> {
  return manager
    .createQueryBuilder(ProjectEntity, 'project')
    .where('project.id = :id', { id })
    .setLock('pessimistic_write')
    .getOne();
}

function filteredProjects(
  manager: EntityManager,
  visibility: Visibility,
  filter: ProjectFilter,
): SelectQueryBuilder<ProjectEntity> {
  const query = manager.createQueryBuilder(ProjectEntity, 'project').where('TRUE');
  const { organizationId, teamId, search } = filter;
  if (filter.includeArchived !== true) query.andWhere('project.archived_at IS NULL');
  if (organizationId != null) query.andWhere('project.organization_id = :organizationId', { organizationId });
  if (teamId != null) query.andWhere('project.team_id = :teamId', { teamId });
  if (search != null) query.andWhere('position(lower(:search) IN lower(project.name)) > 0', { search });
  return onlyVisible(query, visibility, VISIBLE_BY);
}
