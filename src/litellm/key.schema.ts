import { z } from 'zod';
import { BUDGET_SHAPE } from './budget.schema';
import { amount, duration, flag, names, record, text } from './fields';
import type { InputMembers } from './members';

const SETTINGS = {
  key_alias: text.nullish().describe('A name for people, unique among keys.'),
  models: names
    .nullish()
    .describe('Models it may use, as names or patterns; empty: all that its team may use.'),
  tags: names.nullish().describe('Put on every call of the key.'),
  metadata: record.nullish().describe('A JSON object of your own.'),
  duration: z
    .union([z.literal('-1'), duration], { error: 'must be a duration such as "30d"' })
    .nullish()
    .describe('How long from now the key works, such as "30d". Null or "-1": for ever.'),
  blocked: flag.nullish().describe('A blocked key is refused.'),
  user_id: text.nullish().describe('Whose key it is.'),
  team_id: text.nullish().describe('The team that its calls are booked to.'),
  end_user_budget_id: text
    .nullish()
    .describe('A budget of /budget/new that each customer has within the key.'),
  project_id: text.nullish().describe('The project that its calls are booked to.'),
  key_type: z
    .enum(['default', 'llm_api'], {
      error: 'must be "default" or "llm_api": for management, make a user with an access token',
    })
    .nullish()
    .describe('What the key is for. Keys call models and see themselves.'),
};

const key = text.describe('The key, its id ("key_…") or the SHA-256 of it in hexadecimal.');

/** Without effect here, on money and access neither. */
const IGNORED = [
  'aliases',
  'config',
  'router_settings',
  'guardrails',
  'disable_global_guardrails',
  'prompts',
  'policies',
  'enable_prompt_caching',
  'send_invite_email',
  'default_estimated_output_tokens',
  'default_estimated_output_tokens_per_model',
  'soft_budget_cooldown',
  'allowed_cache_controls',
];

const REFUSED = {
  agent_id: 'agents are not known; use tags',
  permissions: 'a key sees itself and its own spend; for more, make a user with an access token',
  allowed_routes: 'a key may call every model route',
  allowed_passthrough_routes: 'a key may call every model route',
  denied_passthrough_routes: 'a key may call every model route',
  object_permission: 'only models can be permitted, by "models"',
  object_permission_id: 'only models can be permitted, by "models"',
  access_group_ids: 'write the models themselves into "models"',
  allowed_vector_store_indexes: 'only models can be permitted, by "models"',
  enforced_params: 'no member of a call can be demanded',
  throttle_on_budget_exceeded: 'a call over the budget is refused',
  rpm_limit_type: 'limits are always enforced',
  tpm_limit_type: 'limits are always enforced',
  mcp_rpm_limit: 'use rpm_limit',
  tag_rpm_limit: 'set a limit on the scope TAG in the GraphQL API',
  budget_fallbacks: 'a call over the budget is refused',
  auto_rotate: 'rotate with /key/regenerate',
  rotation_interval: 'rotate with /key/regenerate',
  spend: 'spend is what the ledger booked, and cannot be set',
  new_master_key: 'the master key is a setting of the server',
};

const LATER = 'make the key first, then raise its budget with /key/update';

export const GENERATE_KEY = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    organization_id: text.nullish().describe('The organization; that of the team, or the default one.'),
    key: text.nullish().describe('A secret of your own, beginning with "sk-"; a random one by default.'),
  }),
  ignored: IGNORED,
  refused: { ...REFUSED, temp_budget_increase: LATER, temp_budget_expiry: LATER },
} satisfies InputMembers;

/** A key of a team that is no person's. */
export const SERVICE_ACCOUNT_KEY = {
  schema: GENERATE_KEY.schema
    .omit({ user_id: true })
    .extend({ team_id: text.describe('The team that the key belongs to.') }),
  ignored: IGNORED,
  refused: { ...REFUSED, user_id: "a service account's key is no user's; use /key/generate" },
} satisfies InputMembers;

export const UPDATE_KEY = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    key: key.nullish().describe('The key to change. Without it, key_alias says which.'),
    temp_budget_increase: amount
      .nullish()
      .describe('Dollars that max_budget is raised by until temp_budget_expiry. Several increases add up.'),
    temp_budget_expiry: text
      .nullish()
      .describe('When temp_budget_increase ends: an instant, or a duration from now such as "10d".'),
  }),
  ignored: IGNORED,
  refused: { ...REFUSED, organization_id: 'a key moves with its team; change team_id' },
} satisfies InputMembers;

export const REGENERATE_KEY = {
  schema: z.object({
    ...SETTINGS,
    ...BUDGET_SHAPE,
    key: key.nullish().describe('The key to give a new secret; by default the one that asks.'),
    new_key: text.nullish().describe('A secret of your own; a random one by default.'),
    grace_period: duration
      .nullish()
      .describe('How long the old secret goes on working; not at all by default.'),
  }),
  ignored: IGNORED,
  refused: { ...REFUSED, organization_id: 'a key moves with its team; change team_id' },
} satisfies InputMembers;

export const ONE_KEY = { schema: z.object({ key }), ignored: [], refused: {} } satisfies InputMembers;

export const KEY_INFO = {
  schema: z.object({ key: key.optional().describe('The key to show; by default the one that asks.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

const MAX_DELETED = 500;
const TOO_MANY = { error: `can hold at most ${MAX_DELETED} keys` };

export const DELETE_KEYS = {
  schema: z.object({
    keys: names.max(MAX_DELETED, TOO_MANY).nullish().describe('Keys, their ids or their SHA-256.'),
    key_aliases: names.max(MAX_DELETED, TOO_MANY).nullish().describe('Keys by their aliases.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type GenerateKeyInput = z.output<typeof GENERATE_KEY.schema>;
export type UpdateKeyInput = z.output<typeof UPDATE_KEY.schema>;
export type RegenerateKeyInput = z.output<typeof REGENERATE_KEY.schema>;
export type DeleteKeysInput = z.output<typeof DELETE_KEYS.schema>;
