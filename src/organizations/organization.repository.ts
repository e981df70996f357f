import type { EntityManager } from 'typeorm';
import type { Visibility } from '../access/visibility';
import { onlyVisible } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { OrganizationEntity } from './organization.entity';

const VISIBLE_BY = { organization: 'organization.id', knownOrganization: 'organization.id' };

export interface OrganizationFilter {
  readonly search?: string | null | undefined;
  readonly includeArchived?: boolean | null | undefined;
}

export async function findOrganizations(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<OrganizationEntity[]> {
  const query = manager
    .createQueryBuilder(OrganizationEntity, 'organization')
    .where('organization.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listOrganizations(
  manager: EntityManager,
  visibility: Visibility,
  filter: OrganizationFilter,
  page: PageRequest,
): Promise<Page<OrganizationEntity>> {
  const query = manager.createQueryBuilder(OrganizationEntity, 'organization').where('TRUE');
  if (filter.includeArchived !== true) query.andWhere('organization.archived_at IS NULL');
  if (filter.search != null)
    query.andWhere('position(lower(:search) IN lower(organization.name)) > 0', { search: filter.search });
  onlyVisible(query, visibility, VISIBLE_BY);
  return keysetPage(
    query,
    byInstant('organization.createdAt', 'organization.created_at', (row) => row.createdAt),
    page,
  );
}

/** The organization, whose row nobody changes until the transaction ends; null when absent. */
export async function holdOrganization(
  manager: EntityManager,
  id: string,
): Promise<OrganizationEntity | null> {
  return manager
    .createQueryBuilder(OrganizationEntity, 'organization')
    .where('organization.id = :id', { id })
    .setLock('pessimistic_read')
    .getOne();
}
