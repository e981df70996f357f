import type { DeploymentEntity } from '../../models/deployment.entity';
import { findDeploymentsOf } from '../describe-deployments';
import { HEALTH, HEALTH_SERVICES, TEST_CONNECTION } from '../health.schema';
import { testConnection } from '../test-connection';
import { checkService } from '../service-check';
import type { Json } from '../lossless';
import { answer, defineRoute, type LitellmRoute } from './route';

const UNUSABLE = 'It cannot be used as it is configured; the log of the server says why.';

export const HEALTH_ROUTES: readonly LitellmRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/health',
    summary:
      'Which deployments calls are sent to, and which not: after failures, or because they cannot be used. As seen by ' +
      'this process, from the calls that were made; nothing is called for the answer.',
    members: HEALTH,
    async handle(ctx, input, services) {
      const found = await findDeploymentsOf(ctx, services, input.model_id ?? input.model);
      if (!found.ok) return found;
      const endpoints = await Promise.all(
        found.value.map(async (deployment) => ({
          members: endpointMembers(deployment),
          condition: await services.router.conditionOf(deployment.id),
        })),
      );
      const healthy = endpoints.filter(({ condition }) => condition === null);
      const unhealthy = endpoints.filter(({ condition }) => condition !== null);
      return answer({
        healthy_endpoints: healthy.map(({ members }) => members),
        unhealthy_endpoints: unhealthy.map(({ members, condition }) => ({
          ...members,
          error: condition === 'COOLING' ? 'It failed too often and is left alone for a while.' : UNUSABLE,
        })),
        healthy_count: healthy.length,
        unhealthy_count: unhealthy.length,
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/health/test_connection',
    summary:
      'Tries a deployment before it is made, by asking its provider for its models, which costs nothing.',
    members: TEST_CONNECTION,
    async handle(ctx, input, services) {
      const tried = await testConnection(ctx, services, input);
      if (!tried.ok) return tried;
      return tried.value.kind === 'ANSWERED'
        ? answer({ status: 'success', result: {} })
        : answer({ status: 'error', result: { error: tried.value.message } });
    },
  }),
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

function endpointMembers({ id, model, provider, upstreamModel, apiBase }: DeploymentEntity): Json {
  return { model: `${provider}/${upstreamModel}`, model_name: model, model_id: id, api_base: apiBase };
}
