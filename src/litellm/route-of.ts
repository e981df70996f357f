import type { Route } from '../models/route';
import { AppError } from '../platform/errors';
import type { LitellmServices } from './services';

/** Where a call of the model would go; null when nothing serves it, or what serves it cannot be used at the moment. */
export async function routeOf(
  { router }: Pick<LitellmServices, 'router'>,
  model: string,
): Promise<Route | null> {
  try {
    return await router.resolve(model);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return null;
    throw error;
  }
}
