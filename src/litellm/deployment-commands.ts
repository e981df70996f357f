import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import type { DeploymentEntity } from '../models/deployment.entity';
import { planBudget, type BudgetPlan } from './budget-plan';
import { applySteps, checkPlan, limitsOn } from './budget-writer';
import { readDeploymentRequest, type DeploymentRequest } from './deployment-input';
import { dropCredential, newCredential, removeOwnCredential } from './deployment-credential';
import { DEPLOYMENT_MEMBERS, metadataOf, OWN_CREDENTIAL, upstreamOf } from './deployment-settings';
import { badRequest, fromIssues, notFound, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

export type DeploymentServices = Pick<LitellmServices, 'deployments' | 'credentials' | 'prices' | 'limits'>;

export interface ChangedDeployment {
  readonly deployment: DeploymentEntity;
  readonly ignored: readonly string[];
}

type Outcome = Promise<Result<ChangedDeployment, LitellmFailure>>;

interface ModelInput {
  readonly model_name?: string | null | undefined;
  readonly litellm_params?: unknown;
  readonly model_info?: unknown;
  readonly model_id?: string | null | undefined;
}

/** Makes a deployment with its credential, price and limits, or nothing. */
export async function newDeployment(
  ctx: RequestContext,
  services: DeploymentServices,
  input: ModelInput & { readonly model_name: string },
): Outcome {
  const read = readDeploymentRequest(input.litellm_params, input.model_info);
  if (!read.ok) return read;
  const { params, info } = read.value;
  if (info.id != null) return badRequest('model_info.id', 'A new deployment is given its id; leave it out.');
  const upstream = upstreamOf(params);
  if (!upstream.ok) return upstream;
  if (upstream.value === undefined)
    return badRequest('litellm_params.model', 'Name the model, as "openai/gpt-4o".');
  const plan = await planOf(ctx, services, read.value, null);
  if (!plan.ok) return plan;
  const to = { provider: upstream.value.provider, model: input.model_name };
  const credential = await newCredential(ctx, services, params, to);
  if (!credential.ok) return credential;
  const own = credential.value === null ? {} : { [OWN_CREDENTIAL]: true };
  const made = await services.deployments.create(ctx, {
    model: input.model_name,
    ...upstream.value,
    apiBase: params.api_base,
    credentialId: credential.value,
    metadata: metadataOf(own, params, info),
  });
  if (!made.ok) {
    await dropCredential(ctx, services, credential.value);
    return fromIssues(made.error, DEPLOYMENT_MEMBERS);
  }
  let finished: Result<null, LitellmFailure> | null = null;
  try {
    finished = await finish(ctx, services, made.value, read.value, plan.value);
  } finally {
    if (finished?.ok !== true) await removeDeployment(ctx, services, made.value);
  }
  return finished.ok ? ok(changed(made.value, read.value, plan.value)) : finished;
}

/** Changes what was sent of a deployment; null takes away. */
export async function changeDeployment(
  ctx: RequestContext,
  services: DeploymentServices,
  input: ModelInput,
): Outcome {
  const read = readDeploymentRequest(input.litellm_params, input.model_info);
  if (!read.ok) return read;
  const id = input.model_id ?? read.value.info.id;
  if (id == null) return badRequest('model_info.id', 'Say which deployment to change in "model_info.id".');
  const present = await findPresent(ctx, services, id, 'model_info.id');
  if (!present.ok) return present;
  const upstream = upstreamOf(read.value.params);
  if (!upstream.ok) return upstream;
  const plan = await planOf(ctx, services, read.value, id);
  if (!plan.ok) return plan;
  const to = { ...upstream.value, model: input.model_name };
  const updated = await updateColumns(ctx, services, present.value, to, read.value);
  if (!updated.ok) return updated;
  const finished = await finish(ctx, services, updated.value, read.value, plan.value);
  return finished.ok ? ok(changed(updated.value, read.value, plan.value)) : finished;
}

/** With a credential of its own when a secret was sent; the one before it goes. */
async function updateColumns(
  ctx: RequestContext,
  services: DeploymentServices,
  present: DeploymentEntity,
  to: {
    readonly model?: string | null | undefined;
    readonly provider?: string;
    readonly upstreamModel?: string;
  },
  { params, info }: DeploymentRequest,
): Promise<Result<DeploymentEntity, LitellmFailure>> {
  const { provider = present.provider, model } = to;
  const named = { provider, model: model ?? present.model };
  const credential = await newCredential(ctx, services, params, named);
  if (!credential.ok) return credential;
  const own = credential.value === null ? {} : { [OWN_CREDENTIAL]: true };
  const updated = await services.deployments.update(ctx, {
    deploymentId: present.id,
    ...to,
    apiBase: params.api_base,
    credentialId: credential.value ?? undefined,
    metadata: metadataOf({ ...present.metadata, ...own }, params, info),
  });
  if (!updated.ok) {
    await dropCredential(ctx, services, credential.value);
    return fromIssues(updated.error, DEPLOYMENT_MEMBERS);
  }
  if (credential.value !== null) await removeOwnCredential(ctx, services, present);
  return ok(updated.value);
}

async function findPresent(
  ctx: RequestContext,
  { deployments }: DeploymentServices,
  id: string,
  param: string,
): Promise<Result<DeploymentEntity, LitellmFailure>> {
  const present = await deployments.find(ctx, id);
  return present?.deletedAt === null ? ok(present) : notFound(param, `There is no model "${id}".`);
}

/** Calls in flight go on; new ones are not sent there. */
export async function deleteDeployment(
  ctx: RequestContext,
  services: DeploymentServices,
  id: string,
): Promise<Result<null, LitellmFailure>> {
  const present = await findPresent(ctx, services, id, 'id');
  if (!present.ok) return present;
  const removed = await removeDeployment(ctx, services, present.value);
  return removed.ok ? ok(null) : fromIssues(removed.error, { deploymentId: 'id' });
}

async function removeDeployment(
  ctx: RequestContext,
  services: DeploymentServices,
  deployment: DeploymentEntity,
): ReturnType<DeploymentServices['deployments']['delete']> {
  const removed = await services.deployments.delete(ctx, deployment.id);
  if (removed.ok) await removeOwnCredential(ctx, services, deployment);
  return removed;
}

async function planOf(
  ctx: RequestContext,
  { limits }: DeploymentServices,
  { params }: DeploymentRequest,
  id: string | null,
): Promise<Result<BudgetPlan, LitellmFailure>> {
  const { max_budget, budget_duration, rpm: rpm_limit, tpm: tpm_limit } = params;
  const present = id === null ? [] : await limitsOn(limits, ctx, 'DEPLOYMENT', id);
  const plan = planBudget({ max_budget, budget_duration, rpm_limit, tpm_limit }, present, null);
  const checked = checkPlan(plan, ctx.clock.now());
  return checked.ok ? ok(plan) : checked;
}

async function finish(
  ctx: RequestContext,
  { prices, limits }: DeploymentServices,
  { id }: DeploymentEntity,
  { sheet }: DeploymentRequest,
  plan: BudgetPlan,
): Promise<Result<null, LitellmFailure>> {
  if (sheet !== null) {
    // By a pattern, so that it holds when the model is renamed.
    const price = { scope: 'DEPLOYMENT', scopeId: id, model: '*', sheet, source: 'api' } as const;
    const set = await prices.set(ctx, price);
    if (!set.ok) return fromIssues(set.error, {});
  }
  return applySteps(limits, ctx, { scope: 'DEPLOYMENT', scopeId: id }, plan);
}

function changed(
  deployment: DeploymentEntity,
  { ignored }: DeploymentRequest,
  plan: BudgetPlan,
): ChangedDeployment {
  return { deployment, ignored: [...ignored, ...plan.ignored] };
}
