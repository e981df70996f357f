import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren } from '../platform/database/keyset-children';
import { OrganizationMemberEntity } from './organization-member.entity';

/** Members don't see each other: in an organization they need not work together. */
const VISIBLE_BY = { organization: 'member.organization_id', ownUser: 'member.user_id' };

const OLDEST_FIRST = byInstant<OrganizationMemberEntity>(
  'organizationMember.createdAt',
  'member.created_at',
  (row) => row.createdAt,
);

export async function findOrganizationMembers(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<OrganizationMemberEntity[]> {
  return visibleMembers(manager, visibility).andWhere('member.id = ANY(:ids)', { ids }).getMany();
}

export async function listMembersOfOrganizations(
  manager: EntityManager,
  visibility: Visibility,
  organizationIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<OrganizationMemberEntity>>> {
  const parent = {
    column: 'member.organization_id',
    idOf: (row: OrganizationMemberEntity) => row.organizationId,
  };
  return keysetChildren(visibleMembers(manager, visibility), parent, organizationIds, OLDEST_FIRST, page);
}

export async function listOrganizationsOfUsers(
  manager: EntityManager,
  visibility: Visibility,
  userIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<OrganizationMemberEntity>>> {
  const parent = { column: 'member.user_id', idOf: (row: OrganizationMemberEntity) => row.userId };
  return keysetChildren(visibleMembers(manager, visibility), parent, userIds, OLDEST_FIRST, page);
}

function visibleMembers(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<OrganizationMemberEntity> {
  const query = manager.createQueryBuilder(OrganizationMemberEntity, 'member').where('TRUE');
  return onlyVisible(query, visibility, VISIBLE_BY);
}
