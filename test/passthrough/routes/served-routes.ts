import fastify from 'fastify';
import { mountedRoutes } from '../../../src/platform/openapi/mounted-routes';
import { ENDPOINT_METHODS, type PassThroughEndpoint } from '../../../src/platform/config/yaml-endpoints';
import { ENDPOINT_PATH } from './endpoint-samples';
import { endpointRoutes, type EndpointRoutes } from '../../../src/passthrough/http/endpoint.routes';
import { passthroughRoutes, type PassthroughRoutes } from '../../../src/passthrough/http/passthrough.routes';

const SAMPLE_ENDPOINT: PassThroughEndpoint = {
  ...{ line: 1, path: ENDPOINT_PATH, target: 'http://127.0.0.1', methods: ENDPOINT_METHODS, headers: {} },
  ...{
    includesSubpaths: true,
    defaultQuery: {},
    forwardsHeaders: false,
    costPerRequest: null,
    timeoutMs: null,
  },
};

export interface ServedRoutes {
  readonly routes: string[];
  /** Those of which the API document would know nothing. */
  readonly undescribed: string[];
}

/** Every route of the passthrough as the server mounts it, such as "POST /v1/chat/completions". */
export async function servedRoutes(): Promise<ServedRoutes> {
  const app = fastify({ exposeHeadRoutes: false });
  const described = mountedRoutes(app);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push(`${each} ${url}`);
  });
  // Mounting a route reads none of what it stands on.
  await app.register(passthroughRoutes, { bodyLimitBytes: 1 } as PassthroughRoutes);
  await app.register(endpointRoutes, {
    endpoints: [SAMPLE_ENDPOINT],
    uploadLimitBytes: 1,
  } as unknown as EndpointRoutes);
  await app.close();
  const undescribed = described
    .filter(({ docs }) => docs === null)
    .map(({ method, url }) => `${method} ${url}`);
  return { routes: routes.sort(), undescribed };
}
