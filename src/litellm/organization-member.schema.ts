import { z } from 'zod';
import { text } from './fields';
import type { InputMembers } from './members';

const ROLES = ['org_admin', 'internal_user', 'internal_user_viewer'] as const;
const role = z
  .enum(ROLES, { error: `must be one of ${ROLES.join(', ')}` })
  .describe('An org_admin manages the organization; an internal_user belongs to it.');

const organization_id = text.describe('The organization, by id.');
const user_id = text.describe('The user, by id.');
const member = z.object({ role, user_id }, { error: 'must be a member or a list of members' });

const REFUSED = {
  max_budget_in_organization: 'give the budget to the user, by /user/update, or to the team member',
  user_email: 'name the user in "user_id"',
};

export const ADD_ORGANIZATION_MEMBER = {
  schema: z.object({
    organization_id,
    member: z
      .union([member, z.array(member).max(500, { error: 'can hold at most 500 members' })], {
        error: 'must be {"role": "internal_user", "user_id": "…"}, or a list of such',
      })
      .describe('The new member, or a list of them.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_ORGANIZATION_MEMBER = {
  schema: z.object({ organization_id, user_id, role }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const REMOVE_ORGANIZATION_MEMBER = {
  schema: z.object({ organization_id, user_id }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export type OrganizationRole = z.output<typeof role>;
