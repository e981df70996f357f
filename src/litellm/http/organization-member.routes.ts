import type { MemberRole } from '../../access/principal';
import type { OrganizationMemberEntity } from '../../organizations/organization-member.entity';
import { fromIssues } from '../failure';
import type { Json } from '../lossless';
import { findOrganization } from '../organization-commands';
import {
  ADD_ORGANIZATION_MEMBER,
  REMOVE_ORGANIZATION_MEMBER,
  UPDATE_ORGANIZATION_MEMBER,
  type OrganizationRole,
} from '../organization-member.schema';
import { answer, defineRoute, type LitellmRoute } from './route';

const ROLES = { org_admin: 'ADMIN', internal_user: 'MEMBER', internal_user_viewer: 'VIEWER' } as const;
const NAMES = { organizationId: 'organization_id', userId: 'user_id' };

const roleOf = (role: OrganizationRole): MemberRole => ROLES[role];

export const ORGANIZATION_MEMBER_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/organization/member_add',
    summary: 'Makes a user a member of an organization, or several.',
    members: ADD_ORGANIZATION_MEMBER,
    async handle(ctx, input, services) {
      const found = await findOrganization(ctx, services, input.organization_id);
      if (!found.ok) return found;
      const added: OrganizationMemberEntity[] = [];
      for (const { user_id: userId, role } of [input.member].flat()) {
        const member = { organizationId: found.value.id, userId, role: roleOf(role) };
        const done = await services.organizationMembers.add(ctx, member);
        if (!done.ok) return fromIssues(done.error, { ...NAMES, userId: 'member' });
        added.push(done.value);
      }
      return answer({
        organization_id: found.value.id,
        updated_users: added.map(({ userId }) => ({ user_id: userId })),
        updated_organization_memberships: added.map(organizationMembership),
      });
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/organization/member_update',
    summary: 'Changes the role of a member of an organization.',
    members: UPDATE_ORGANIZATION_MEMBER,
    async handle(ctx, input, services) {
      const { organization_id: organizationId, user_id: userId, role } = input;
      const member = { organizationId, userId, role: roleOf(role) };
      const done = await services.organizationMembers.update(ctx, member);
      return done.ok ? answer(organizationMembership(done.value)) : fromIssues(done.error, NAMES);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/organization/member_delete',
    summary: 'Takes a user out of an organization. Memberships in its teams stay, and what was spent.',
    members: REMOVE_ORGANIZATION_MEMBER,
    async handle(ctx, input, services) {
      const { organization_id: organizationId, user_id: userId } = input;
      const done = await services.organizationMembers.remove(ctx, { organizationId, userId });
      return done.ok ? answer(organizationMembership(done.value)) : fromIssues(done.error, NAMES);
    },
  }),
];

/** A membership as LiteLLM shows its row. It has no budget: users and members of teams have. */
export function organizationMembership(member: OrganizationMemberEntity): Json {
  const role = Object.entries(ROLES).find(([, ours]) => ours === member.role)?.[0] ?? null;
  return {
    user_id: member.userId,
    organization_id: member.organizationId,
    user_role: role,
    budget_id: null,
    created_at: member.createdAt.toISOString(),
  };
}
