import type { ModelRouter } from '../../models/model-router';
import type { Route } from '../../models/route';
import type { CallAddress } from '../providers/provider';

/**
 * Where a call of the model goes. With a provider in the path, that provider's model of the name is meant before any
 * other. A name that the provider does not serve leads where it always does, or nowhere, as the address says.
 */
export async function resolveRoute(
  router: Pick<ModelRouter, 'resolve'>,
  model: string,
  { provider, isPinned = false }: Pick<CallAddress, 'provider' | 'isPinned'>,
  avoid?: ReadonlySet<string>,
): Promise<Route | null> {
  if (provider === null) return router.resolve(model, undefined, avoid);
  const own =
    (await router.resolve(model, provider, avoid)) ??
    (await router.resolve(`${provider}/${model}`, provider, avoid));
  return own ?? (isPinned ? null : router.resolve(model, undefined, avoid));
}
