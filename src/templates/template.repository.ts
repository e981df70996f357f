import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { TemplateEntity } from './template.entity';

const OLDEST_FIRST = byInstant<TemplateEntity>(
  'template.createdAt',
  'tmpl.created_at',
  (row) => row.createdAt,
);

export interface TemplateFilter {
  readonly organizationId?: string | null | undefined;
  /** Text that the name contains, in any case. */
  readonly search?: string | null | undefined;
}

export async function findTemplates(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<TemplateEntity[]> {
  return visibleTemplates(manager, visibility).andWhere('tmpl.id = ANY(:ids)', { ids }).getMany();
}

export async function listTemplates(
  manager: EntityManager,
  visibility: Visibility,
  { organizationId, search }: TemplateFilter,
  page: PageRequest,
): Promise<Page<TemplateEntity>> {
  const query = visibleTemplates(manager, visibility);
  if (organizationId != null) query.andWhere('tmpl.organization_id = :organizationId', { organizationId });
  if (search != null) query.andWhere('position(lower(:search) IN lower(tmpl.name)) > 0', { search });
  return keysetPage(query, OLDEST_FIRST, page);
}

/** Those of an organization are visible to whoever sees all of it; those of the server to whoever sees everything. */
function visibleTemplates(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<TemplateEntity> {
  const query = manager.createQueryBuilder(TemplateEntity, 'tmpl').where('tmpl.deleted_at IS NULL');
  return onlyVisible(query, visibility, { organization: 'tmpl.organization_id' });
}
