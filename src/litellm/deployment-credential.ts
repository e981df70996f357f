import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import type { DeploymentEntity } from '../models/deployment.entity';
import type { DeploymentParams } from './deployment.schema';
import { DEPLOYMENT_MEMBERS, OWN_CREDENTIAL, secretOf } from './deployment-settings';
import { fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

type Services = Pick<LitellmServices, 'credentials'>;

const MAX_MODEL_NAME = 100;

/** Seals the secret that was sent with a deployment; null when none was. */
export async function newCredential(
  ctx: RequestContext,
  { credentials }: Services,
  params: DeploymentParams,
  { provider, model }: Pick<DeploymentEntity, 'provider' | 'model'>,
): Promise<Result<string | null, LitellmFailure>> {
  const secret = secretOf(params);
  if (!secret.ok) return secret;
  if (secret.value === undefined) return ok(null);
  // Names of credentials are unique, and a request makes one at most.
  const name = `${model.slice(0, MAX_MODEL_NAME)} ${ctx.requestId}`;
  const made = await credentials.create(ctx, { name, provider, secret: secret.value });
  return made.ok ? ok(made.value.id) : fromIssues(made.error, DEPLOYMENT_MEMBERS);
}

export async function dropCredential(
  ctx: RequestContext,
  { credentials }: Services,
  credentialId: string | null,
): Promise<void> {
  if (credentialId !== null) await credentials.delete(ctx, credentialId);
}

/** The credential that came with the deployment. One that another deployment uses by now stays: the service refuses. */
export async function removeOwnCredential(
  ctx: RequestContext,
  services: Services,
  { credentialId, metadata }: DeploymentEntity,
): Promise<void> {
  if (metadata[OWN_CREDENTIAL] === true) await dropCredential(ctx, services, credentialId);
}
