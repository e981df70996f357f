import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { isPattern } from '../domain/models/model-pattern';
import type { PriceRule } from '../domain/pricing/choose-price';
import { ok, type Result } from '../domain/result';
import type { DeploymentEntity } from '../models/deployment.entity';
import { allPages } from './all-pages';
import type { LitellmFailure } from './failure';
import type { LitellmServices } from './services';

export interface DescribedDeployment {
  readonly deployment: DeploymentEntity;
  /** What a call of it costs now, for those who have no price of their own; null when it has no price. */
  readonly price: PriceRule | null;
}

/** Whether the caller sees deployments, and not only the models that it may use. */
export function seesDeployments(ctx: RequestContext): boolean {
  return RULES.serverViewer.allows(ctx.principal);
}

/** Every deployment that serves calls, oldest first. `wanted` is the name of a model or the id of a deployment. */
export async function findDeploymentsOf(
  ctx: RequestContext,
  { deployments }: Pick<LitellmServices, 'deployments'>,
  wanted: string | undefined,
): Promise<Result<DeploymentEntity[], LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverViewer);
  const one = wanted === undefined ? null : await deployments.find(ctx, wanted);
  if (one !== null) return ok(one.active && one.deletedAt === null ? [one] : []);
  return allPages('models', (page) => deployments.list(ctx, { model: wanted }, page));
}

export async function describeDeployments(
  ctx: RequestContext,
  { pricing }: Pick<LitellmServices, 'pricing'>,
  deployments: readonly DeploymentEntity[],
): Promise<DescribedDeployment[]> {
  return Promise.all(
    deployments.map(async (deployment) => {
      const { id, model, provider, upstreamModel, metadata } = deployment;
      const baseModel = metadata['base_model'];
      const named = typeof baseModel === 'string' ? baseModel : upstreamModel;
      const price = await pricing.priceFor({
        ...{ model, provider, deploymentId: id, atMs: ctx.clock.now() },
        upstreamModel: isPattern(named) ? null : named,
      });
      return { deployment, price };
    }),
  );
}
