import { HEALTH_SERVICES } from '../health.schema';
import { checkService } from '../service-check';
import { answer, defineRoute, type LitellmRoute } from './route';

export const HEALTH_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/health/services',
    summary:
      'Sends a test message to a service that the configuration names, and tells whether it was taken.',
    members: HEALTH_SERVICES,
    async handle(ctx, input, services) {
      const checked = await checkService(ctx, services.serviceTests, input.service);
      return checked.ok ? answer({ status: 'success', message: checked.value }) : checked;
    },
  }),
];
