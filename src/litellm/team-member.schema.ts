import { z } from 'zod';
import { amount, duration, names, text, whole } from './fields';
import type { InputMembers } from './members';

const MAX_ADDED = 500;

const role = z
  .enum(['admin', 'user'], { error: 'must be "admin" or "user"' })
  .describe('An admin manages the team; a user sees it and the own spend.');
const team_id = text.describe('The team, by id.');
const user_id = text.describe('The user, by id.');
const member = z.object({ role, user_id }, { error: 'must be a member or a list of members' });

const BUDGET = {
  max_budget_in_team: amount
    .nullish()
    .describe('Dollars that a member may spend in the team. Null: no bound.'),
  budget_duration: duration.nullish().describe('When max_budget_in_team starts afresh. Null: never.'),
  tpm_limit: whole.nullish().describe('Tokens per minute of a member in the team.'),
  rpm_limit: whole.nullish().describe('Calls per minute of a member in the team.'),
  budget_id: text.nullish().describe('A budget of /budget/new that a member shares. Null: none.'),
};

const REFUSED = { allowed_models: 'give each key its models' };

export const ADD_TEAM_MEMBER = {
  schema: z.object({
    team_id,
    member: z
      .union([member, z.array(member).max(MAX_ADDED, { error: `can hold at most ${MAX_ADDED} members` })], {
        error: 'must be {"role": "user", "user_id": "…"}, or a list of such',
      })
      .describe('The new member, or a list of them.'),
    ...BUDGET,
  }),
  ignored: [],
  refused: REFUSED,
} satisfies InputMembers;

export const BULK_ADD_TEAM_MEMBERS = {
  schema: z.object({
    team_id,
    members: z
      .array(member, { error: 'must be a list of members' })
      .max(MAX_ADDED, { error: `can hold at most ${MAX_ADDED} members` })
      .describe('The new members.'),
    ...BUDGET,
  }),
  ignored: [],
  refused: { ...REFUSED, all_users: 'name the users in "members"' },
} satisfies InputMembers;

export const UPDATE_TEAM_MEMBER = {
  schema: z.object({ team_id, user_id, role: role.nullish().describe('The new role.'), ...BUDGET }),
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

export type UpdateTeamMemberInput = z.output<typeof UPDATE_TEAM_MEMBER.schema>;
export type MemberBudgetInput = Pick<UpdateTeamMemberInput, keyof typeof BUDGET>;
