import type { FastifyInstance } from 'fastify';
import './route-docs';
import type { RouteDocs } from './route-docs';

export interface MountedRoute {
  readonly method: string;
  /** In fastify's words: `/key/:key/regenerate`. */
  readonly url: string;
  /** Null when it has none, which is a mistake. */
  readonly docs: (() => readonly RouteDocs[]) | null;
}

/** Those that fastify adds by itself. */
const ADDED = new Set(['HEAD', 'OPTIONS']);

/** Every route that is mounted on the server from now on, but for its pages. */
export function mountedRoutes(server: FastifyInstance): readonly MountedRoute[] {
  const routes: MountedRoute[] = [];
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.isPage === true) return;
    for (const each of [method].flat()) {
      if (!ADDED.has(each)) routes.push({ method: each, url, docs: config?.docs ?? null });
    }
  });
  return routes;
}
