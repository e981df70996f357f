import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { amount, duration, flag, names, record, text, whole } from './fields';
import type { InputMembers } from './members';

const member = z.object({
  role: z
    .enum(['admin', 'user'], { error: 'must be "admin" or "user"' })
    .describe('An admin manages the team; a user sees it and the own spend.'),
  user_id: text.describe('The user, by id.'),
});

const SETTINGS = {
  team_alias: text.nullish().describe('The name of the team.'),
  models: names.nullish().describe('Models its keys may use; empty: all that the organization may use.'),
  tags: names.nullish().describe('Put on every call of its keys.'),
  metadata: record.nullish().describe('A JSON object of your own.'),
  blocked: flag.nullish().describe('Keys of a blocked team are refused.'),
  team_member_budget: amount
    .nullish()
    .describe('Dollars that each member may spend in the team, unless a member has a budget of its own.'),
  team_member_budget_duration: duration.nullish().describe('When team_member_budget starts afresh.'),
  team_member_tpm_limit: whole.nullish().describe('Tokens per minute of each member in the team.'),
  team_member_rpm_limit: whole.nullish().describe('Calls per minute of each member in the team.'),
};

const IGNORED = [
  'guardrails',
  'disable_global_guardrails',
  'prompts',
  'policies',
  'router_settings',
  'secret_manager_settings',
  'allow_team_guardrail_config',
  'default_estimated_output_tokens',
  'default_estimated_output_tokens_per_model',
];

const REFUSED = {
  admins: 'write them into members_with_roles',
  members: 'write them into members_with_roles',
  model_aliases: 'make a deployment of that name in the GraphQL API',
  object_permission: 'only models can be permitted, by "models"',
  object_permission_id: 'only models can be permitted, by "models"',
  access_group_ids: 'write the models themselves into "models"',
  allowed_passthrough_routes: 'a key may call every model route',
  allowed_vector_store_indexes: 'only models can be permitted, by "models"',
  team_member_permissions: 'an admin manages the team, a user does not',
  team_member_key_duration: 'give each key its duration',
  default_team_member_models: 'give each key its models',
  rpm_limit_type: 'limits are always enforced',
  tpm_limit_type: 'limits are always enforced',
  mcp_rpm_limit: 'use rpm_limit',
  spend: 'spend is what the ledger booked, and cannot be set',
};

const id = text.describe('The team, by id.');

export const NEW_TEAM = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    team_id: text.nullish().describe('An id of your own; a random one by default.'),
    organization_id: text.nullish().describe('The organization; the default one if left out.'),
    members_with_roles: z
      .array(member, { error: 'must be a list of members' })
      .nullish()
      .describe('Users of the server who become members.'),
  }),
  ignored: IGNORED,
  refused: REFUSED,
} satisfies InputMembers;

export const UPDATE_TEAM = {
  schema: z.object({ ...SETTINGS, ...BUDGET_SHAPE, team_id: id }),
  ignored: IGNORED,
  refused: {
    ...REFUSED,
    organization_id: 'a team stays in its organization',
    members_with_roles: 'use /team/member_add and its fellows',
  },
} satisfies InputMembers;

export const ONE_TEAM = {
  schema: z.object({ team_id: id }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const TEAM_LIST = {
  schema: z.object({
    organization_id: text.optional().describe('Only teams of this organization.'),
    user_id: text.optional().describe('Only teams that this user is a member of.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type NewTeamInput = z.output<typeof NEW_TEAM.schema>;
export type UpdateTeamInput = z.output<typeof UPDATE_TEAM.schema>;
