import type { ModelRouter } from '../../models/model-router';
import type { Route } from '../../models/route';

/**
 * Where a call of the model goes. With a provider in the path, that provider's model of the name is meant before any
 * other; a name that the provider does not serve leads where it always does.
 */
export async function resolveRoute(
  router: Pick<ModelRouter, 'resolve'>,
  model: string,
  provider: string | null,
): Promise<Route | null> {
  const route = await router.resolve(model);
  if (provider === null || route?.provider === provider) return route;
  return (await router.resolve(`${provider}/${model}`)) ?? route;
}
