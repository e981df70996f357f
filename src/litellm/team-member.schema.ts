import { z } from 'zod';
import { names, text } from './fields';
import type { InputMembers } from './members';

const PER_MEMBER = 'set a limit on the scope TEAM_MEMBER in the GraphQL API';
const REFUSED = { max_budget_in_team: PER_MEMBER, tpm_limit: PER_MEMBER, rpm_limit: PER_MEMBER };

const role = z
  .enum(['admin', 'user'], { error: 'must be "admin" or "user"' })
  .describe('An admin manages the team; a user sees it and the own spend.');
const team_id = text.describe('The team, by id.');
const user_id = text.describe('The user, by id.');
const member = z.object({ role, user_id }, { error: 'must be a member or a list of members' });

export const ADD_TEAM_MEMBER = {
  schema: z.object({
    team_id,
    member: z
      .union([member, z.array(member)], {
        error: 'must be {"role": "user", "user_id": "…"}, or a list of such',
      })
      .describe('The new member, or a list of them.'),
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_TEAM_MEMBER = {
  schema: z.object({ team_id, user_id, role }),
  ignored: [],
  refused: { ...REFUSED, user_email: 'name the user in "user_id"' },
} satisfies InputMembers;

export const REMOVE_TEAM_MEMBER = {
  schema: z.object({ team_id, user_id }),
  ignored: [],
  refused: { user_email: 'name the user in "user_id"' },
} satisfies InputMembers;

export const DELETE_TEAMS = {
  schema: z.object({ team_ids: names.describe('The teams to delete, by id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;
