import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { flag, names, record, text } from './fields';
import type { InputMembers } from './members';

const ROLES = ['proxy_admin', 'proxy_admin_viewer', 'internal_user', 'internal_user_viewer'] as const;
const role = z.enum(ROLES, { error: `must be one of ${ROLES.join(', ')}` });

const SETTINGS = {
  user_alias: text.nullish().describe('The name of the user.'),
  user_email: text.nullish().describe('The e-mail address, by which the user also signs in.'),
  user_role: role
    .nullish()
    .describe('What the user may do on the whole server; an internal user does what memberships allow.'),
  metadata: record.nullish().describe('A JSON object of your own.'),
};

const IGNORED = [
  'send_invite_email',
  'sso_user_id',
  'guardrails',
  'policies',
  'prompts',
  'config',
  'aliases',
  'permissions',
];

const REFUSED = {
  models: 'give the models to the team or the key',
  object_permission: 'only models can be permitted, by those of teams and keys',
  organizations: 'add the user to the organization in the GraphQL API',
  allowed_cache_controls: 'there is no cache',
  spend: 'spend is what the ledger booked, and cannot be set',
};

export const NEW_USER = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    user_id: text.nullish().describe('An id of your own; a random one by default.'),
    teams: names.nullish().describe('Teams that the user becomes a member of.'),
    auto_create_key: flag.nullish().describe('Whether a key is made for the user; true by default.'),
    key_alias: text.nullish().describe('The alias of that key.'),
  }),
  ignored: IGNORED,
  refused: {
    ...REFUSED,
    duration: 'give the duration to the key',
    blocked: 'make the user first, then block it',
  },
} satisfies InputMembers;

export const UPDATE_USER = {
  schema: z.object({ ...SETTINGS, ...BUDGET_SHAPE, user_id: text.describe('The user, by id.') }),
  ignored: IGNORED,
  refused: REFUSED,
} satisfies InputMembers;

export const BULK_UPDATE_USERS = {
  schema: z.object({
    users: z
      .array(z.record(z.string(), z.unknown()), {
        error: 'must be a list of changes, each with its "user_id"',
      })
      .max(500, { error: 'can hold at most 500 users' })
      .describe('What to change, user by user, with the members of /user/update.'),
  }),
  ignored: [],
  refused: { all_users: 'name the users in "users"', user_updates: 'write the changes into "users"' },
} satisfies InputMembers;

export const USER_INFO = {
  schema: z.object({ user_id: text.optional().describe('The user, by id; by default the one who asks.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const USER_LIST = {
  schema: z.object({
    user_email: text.optional().describe('Only the user with this e-mail address.'),
    role: role.optional().describe('Only users with this role.'),
    search: text.optional().describe('Only users whose name or address contains it.'),
  }),
  ignored: ['page', 'page_size', 'sort_by', 'sort_order'],
  refused: {},
} satisfies InputMembers;

export const DELETE_USERS = {
  schema: z.object({ user_ids: names.describe('The users to delete, by id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type NewUserInput = z.output<typeof NEW_USER.schema>;
export type UpdateUserInput = z.output<typeof UPDATE_USER.schema>;
export type LitellmUserRole = (typeof ROLES)[number];
