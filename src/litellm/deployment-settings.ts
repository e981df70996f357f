import { splitModel } from '../domain/pricing/model-name';
import { ok, type Result } from '../domain/result';
import type { DeploymentInfo, DeploymentParams } from './deployment.schema';
import { badRequest, type LitellmFailure, type MemberNames } from './failure';

/** LiteLLM's names of the fields of DeploymentService and CredentialService. */
export const DEPLOYMENT_MEMBERS: MemberNames = {
  model: 'model_name',
  provider: 'litellm_params.model',
  upstreamModel: 'litellm_params.model',
  apiBase: 'litellm_params.api_base',
  secret: 'litellm_params.api_key',
  deploymentId: 'model_info.id',
};

const AWS_SECRETS = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'] as const;
const KEPT = [
  'api_version',
  'aws_region_name',
  'weight',
  'order',
  'timeout',
  'stream_timeout',
  'rpm',
  'tpm',
] as const;

/** Marks a deployment whose credential was made with it, and goes with it. */
export const OWN_CREDENTIAL = 'own_credential';

/** The provider and its name for the model; undefined when neither was sent. */
export function upstreamOf({
  model,
  custom_llm_provider: custom,
}: DeploymentParams): Result<{ provider: string; upstreamModel: string } | undefined, LitellmFailure> {
  if (model == null) {
    return custom == null
      ? ok(undefined)
      : badRequest('litellm_params.model', 'Name the model beside its provider.');
  }
  const split = splitModel(model);
  const provider = custom ?? split.provider;
  if (provider == null) {
    return badRequest(
      'litellm_params.model',
      `"${model}" does not tell its provider; write it in front, as "openai/${model}".`,
    );
  }
  return ok({ provider, upstreamModel: split.provider === null ? model : split.model });
}

/** The provider's secret; undefined when none was sent. The parts of an AWS credential are one text. */
export function secretOf(params: DeploymentParams): Result<string | undefined, LitellmFailure> {
  if (params.api_key != null) return ok(params.api_key);
  const given = AWS_SECRETS.filter((name) => params[name] != null);
  if (given.length === 0) return ok(undefined);
  for (const name of ['aws_access_key_id', 'aws_secret_access_key'] as const) {
    if (params[name] == null) return badRequest(`litellm_params.${name}`, `"${name}" is missing.`);
  }
  return ok(JSON.stringify(Object.fromEntries(given.map((name) => [name, params[name]]))));
}

/** What is kept beside the columns. What is not sent stays; null takes away. */
export function metadataOf(
  present: Readonly<Record<string, unknown>>,
  params: DeploymentParams,
  info: DeploymentInfo,
): Record<string, unknown> {
  const sent: (readonly [string, unknown])[] = [
    ...KEPT.map((name) => [name, params[name]] as const),
    ['base_model', info.base_model] as const,
    ['access_groups', info.access_groups] as const,
  ].filter(([, value]) => value !== undefined);
  const changed = { ...present, ...Object.fromEntries(sent) };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
}
