import { requestContext, type RequestContext } from '../access/context';
import { canonicalProvider } from '../domain/pricing/model-name';
import type { SetLimit } from '../limits/limit-input';
import { LimitEntity } from '../limits/limit.entity';
import type { Config, ModelDeployment } from '../platform/config';
import type { ServiceParts, Services } from './services';

/** Who the limits of the configuration file are of, in their `createdBy`. */
const CREATED_BY = 'configuration';

/**
 * Makes the limits that the configuration file sets, on the server, providers, tags and its deployments, and ends those that it set
 * before and no longer does. They are limits like any other.
 */
export async function syncConfiguredLimits(
  { config, database, clock }: ServiceParts,
  { limits }: Services,
  deploymentIds: readonly string[],
): Promise<void> {
  const ctx = requestContext({ requestId: 'start', principal: { kind: 'MASTER' }, db: database.db, clock });
  const kept = new Set<string>();
  const all = [...serverLimits(config), ...namedLimits(config), ...deploymentLimits(config, deploymentIds)];
  for (const wanted of all) {
    const set = await limits.set(ctx, wanted, CREATED_BY);
    if (!set.ok) {
      const why = set.error.map((each) => each.message).join(' ');
      throw new Error(
        `The configuration's limit on ${wanted.scope} ${wanted.scopeId ?? ''} cannot be set: ${why}`,
      );
    }
    kept.add(set.value.id);
  }
  for (const id of await configuredLimitIds(ctx)) if (!kept.has(id)) await limits.remove(ctx, id);
}

async function configuredLimitIds(ctx: RequestContext): Promise<string[]> {
  const rows = await ctx.db.manager.findBy(LimitEntity, { createdBy: CREATED_BY });
  return rows.filter((row) => row.deletedAt === null).map((row) => row.id);
}

function namedLimits({ management }: Config): SetLimit[] {
  const { providerBudgets, tagBudgets } = management;
  return [
    ...Object.entries(providerBudgets).map(([name, { maxBudget: amount, duration }]) => ({
      ...{
        scope: 'PROVIDER' as const,
        scopeId: canonicalProvider(name),
        unit: 'USD' as const,
        amount,
        duration,
      },
    })),
    ...Object.entries(tagBudgets).map(([scopeId, { maxBudget: amount, duration }]) => ({
      ...{ scope: 'TAG' as const, scopeId, unit: 'USD' as const, amount, duration },
    })),
  ];
}

function serverLimits({ spending }: Config): SetLimit[] {
  const { serverMaxBudget: amount, serverBudgetDuration: duration } = spending;
  return amount === null ? [] : [{ scope: 'SERVER', unit: 'USD', amount, duration }];
}

/** `ids` are those of the deployments made from the same list, in its order. */
function deploymentLimits({ models }: Config, ids: readonly string[]): SetLimit[] {
  return models.flatMap((model, index) => limitsOf(model, ids[index] ?? ''));
}

function limitsOf(model: ModelDeployment, scopeId: string): SetLimit[] {
  const on = { scope: 'DEPLOYMENT' as const, scopeId };
  const perMinute = { window: { period: 'MINUTE' as const } };
  const { maxBudget, budgetDuration, rpm, tpm } = model;
  return [
    ...(maxBudget === null
      ? []
      : [{ ...on, unit: 'USD' as const, amount: maxBudget, duration: budgetDuration }]),
    ...(rpm === null ? [] : [{ ...on, ...perMinute, unit: 'REQUESTS' as const, amount: String(rpm) }]),
    ...(tpm === null ? [] : [{ ...on, ...perMinute, unit: 'TOKENS' as const, amount: String(tpm) }]),
  ];
}
