import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { ScopeRef } from '../domain/limits/scope';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { AssignmentEntity } from './assignment.entity';

const OLDEST_FIRST = byInstant<AssignmentEntity>(
  'assignment.createdAt',
  'asg.created_at',
  (row) => row.createdAt,
);

export async function findAssignments(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AssignmentEntity[]> {
  return visibleAssignments(manager, visibility).andWhere('asg.id = ANY(:ids)', { ids }).getMany();
}

/** The assignments of each of these templates, oldest first, a page each. */
export async function listAssignmentsOfTemplates(
  manager: EntityManager,
  visibility: Visibility,
  templateIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<AssignmentEntity>>> {
  const parent = { column: 'asg.template_id', idOf: (row: AssignmentEntity) => row.templateId };
  return keysetChildren(visibleAssignments(manager, visibility), parent, templateIds, OLDEST_FIRST, page);
}

/** The templates that are given to one thing by name, or to each of a kind within it. The caller sees the thing. */
export async function assignmentsOn(
  manager: EntityManager,
  { scope, scopeId }: ScopeRef,
  by: 'NAME' | 'DEFAULT',
): Promise<AssignmentEntity[]> {
  const column = by === 'NAME' ? 'holder' : 'within';
  return manager
    .createQueryBuilder(AssignmentEntity, 'asg')
    .where('asg.deleted_at IS NULL')
    .andWhere(`asg.${column}_scope = :scope AND asg.${column}_id = :scopeId`, { scope, scopeId })
    .orderBy('asg.created_at')
    .addOrderBy('asg.id')
    .getMany();
}

function visibleAssignments(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<AssignmentEntity> {
  const query = manager.createQueryBuilder(AssignmentEntity, 'asg').where('asg.deleted_at IS NULL');
  return onlyVisible(query, visibility, { organization: 'asg.organization_id' });
}
