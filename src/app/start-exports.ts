import type { FastifyInstance } from 'fastify';
import { exportRoutes } from '../exports/http/export.routes';
import type { Clock } from '../platform/clock';
import type { Lifecycle } from '../platform/lifecycle';
import type { GraphqlContexts } from './graphql-context';
import type { Services } from './services';

/** Serves files of spend, and writes those of schedules from now on. */
export async function startExports(
  server: FastifyInstance,
  parts: { readonly services: Services; readonly contexts: GraphqlContexts; readonly clock: Clock },
  lifecycle: Lifecycle,
): Promise<void> {
  const { contexts, clock } = parts;
  const { exportSource: source, exports, exportWriter } = parts.services;
  await server.register(exportRoutes, { contexts, source, exports, clock });
  exportWriter.start();
  lifecycle.onStop('the exports', () => exportWriter.stop());
}
