import fastify from 'fastify';
import { passthroughRoutes, type PassthroughRoutes } from '../../../src/passthrough/http/passthrough.routes';

/** Every route of the passthrough as the server mounts it, such as "POST /v1/chat/completions". */
export async function servedRoutes(): Promise<string[]> {
  const app = fastify({ exposeHeadRoutes: false });
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push(`${each} ${url}`);
  });
  // Mounting a route reads none of what it stands on.
  await app.register(passthroughRoutes, { bodyLimitBytes: 1 } as PassthroughRoutes);
  await app.close();
  return routes.sort();
}
