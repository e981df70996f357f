import { z } from 'zod';
import { amount, duration, text, whole } from './fields';
import type { InputMembers } from './members';
import { queryCount } from './query-fields';

/** Read member by member after its prices were taken out; see `readParams`. */
const block = z.unknown().meta({ type: 'object' });

/** `litellm_params` without its prices. */
export const DEPLOYMENT_PARAMS = {
  schema: z.object({
    model: text.nullish().describe('The model as "provider/name".'),
    custom_llm_provider: text.nullish().describe('The provider, when it does not stand before the model.'),
    api_base: text.nullish().describe("Where it is called; the provider's own address by default."),
    api_key: text.nullish().describe('The secret of the provider. It is sealed and never shown again.'),
    api_version: text.nullish().describe("Version of Azure's API."),
    aws_region_name: text.nullish().describe('Region of Bedrock.'),
    aws_access_key_id: text.nullish().describe('For Bedrock, in place of api_key.'),
    aws_secret_access_key: text.nullish().describe('For Bedrock.'),
    aws_session_token: text.nullish().describe('For Bedrock.'),
    weight: whole.nullish().describe("Its share of the model's calls, among its deployments."),
    order: whole.nullish().describe('Deployments of the lowest order are used as long as one can be.'),
    timeout: amount.nullish().describe('Seconds until the first byte of an answer.'),
    stream_timeout: amount.nullish().describe('Seconds until the first byte of a stream.'),
    rpm: whole.nullish().describe('Calls per minute that it takes.'),
    tpm: whole.nullish().describe('Tokens per minute that it takes.'),
    max_budget: amount.nullish().describe('Dollars that may be spent on it, in each budget_duration.'),
    budget_duration: duration.nullish().describe('When max_budget starts afresh.'),
  }),
  ignored: [
    'max_retries',
    'use_in_pass_through',
    'use_litellm_proxy',
    'merge_reasoning_content_in_choices',
    'drop_params',
    'litellm_trace_id',
  ],
  refused: {
    litellm_credential_name: 'give api_key, or set the credential in the GraphQL API',
    extra_headers: 'headers of the caller are not passed on',
    extra_body: 'bodies are passed on as they are',
    organization: 'keys of OpenAI belong to an organization themselves',
    vertex_credentials: 'give api_key',
    mock_response: 'use the model "demo"',
    tags: 'calls are not routed by tags',
  },
} satisfies InputMembers;

/** `model_info` without its prices. */
export const DEPLOYMENT_INFO = {
  schema: z.object({
    id: text.nullish().describe('Which deployment to change. A new one is given its id.'),
    base_model: text.nullish().describe('The model by whose list price it is priced.'),
    access_groups: z
      .array(text.regex(/^[^*]+$/, 'must be a name without wildcards'))
      .nullish()
      .describe('Groups that keys, teams and limits may name in place of the model.'),
  }),
  ignored: [
    ...['mode', 'db_model', 'created_at', 'created_by', 'updated_at', 'updated_by', 'max_tokens'],
    ...['max_input_tokens', 'max_output_tokens', 'litellm_provider', 'key', 'direct_access', 'price_source'],
  ],
  refused: {
    team_id: 'a model is for all; say with "models" of a team what it may use',
  },
} satisfies InputMembers;

const params = block.describe('How it is called, what it takes and what it costs.');
const info = block.describe('Its id, its base_model and what it costs.');

export const NEW_MODEL = {
  schema: z.object({
    model_name: text.describe('The name that callers use.'),
    litellm_params: params,
    model_info: info.optional(),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const UPDATE_MODEL = {
  schema: z.object({
    model_name: text.nullish().describe('The name that callers use.'),
    litellm_params: params.optional(),
    model_info: info.optional(),
    model_id: text.nullish().describe('The deployment; by default model_info.id.'),
  }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const DELETE_MODEL = {
  schema: z.object({ id: text.describe('The deployment, by its id.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export const MODEL_PAGE = {
  schema: z.object({
    page: queryCount(1_000_000).optional().describe('Number of the page, from 1.'),
    size: queryCount(500).optional().describe('Models on a page; 50 by default.'),
    model: text.optional().describe('Only the model of this name.'),
    search: text.optional().describe('Only models whose name contains it, in any case.'),
  }),
  ignored: ['sortBy', 'sortOrder', 'include_team_models', 'user_models_only', 'debug'],
  refused: {},
} satisfies InputMembers;

export const MODEL_GROUP = {
  schema: z.object({ model_group: text.optional().describe('Only the model of this name.') }),
  ignored: [],
  refused: {},
} satisfies InputMembers;

export type DeploymentParams = z.output<typeof DEPLOYMENT_PARAMS.schema>;
export type DeploymentInfo = z.output<typeof DEPLOYMENT_INFO.schema>;
