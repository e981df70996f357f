import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import {
  findOrganizationMembers,
  listMembersOfOrganizations,
  listOrganizationsOfUsers,
} from './organization-member.repository';
import { toOrganizationMember, type OrganizationMember } from './organization-member.type';

/** The membership with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadOrganizationMember(
  ctx: RequestContext,
  id: string,
): Promise<OrganizationMember | null> {
  const loader = ctx.loaders.byId('organizationMember', async (ids) => {
    const rows = await findOrganizationMembers(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toOrganizationMember(row)]));
  });
  return loader.load(id);
}

export async function loadMembersOfOrganization(
  ctx: RequestContext,
  organizationId: string,
  args: PageRequest,
): Promise<ConnectionOf<OrganizationMember>> {
  return loadChildren(ctx.loaders, organizationId, {
    field: 'Organization.members',
    args,
    fetch: (ids) => listMembersOfOrganizations(ctx.db.manager, ctx.visibility, ids, args),
    map: toOrganizationMember,
  });
}

export async function loadOrganizationsOfUser(
  ctx: RequestContext,
  userId: string,
  args: PageRequest,
): Promise<ConnectionOf<OrganizationMember>> {
  return loadChildren(ctx.loaders, userId, {
    field: 'User.organizationMemberships',
    args,
    fetch: (ids) => listOrganizationsOfUsers(ctx.db.manager, ctx.visibility, ids, args),
    map: toOrganizationMember,
  });
}
