import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../platform/openapi/route-docs';

/** Beside what is compiled: `npm run build` writes it there. */
const BUILT = ['../../ui', '../../dist/ui'].map((path) => join(__dirname, path));

/**
 * Scripts, connections and pictures come from this server alone, and no other page may frame this one. Styles may stand in
 * attributes, because bars and charts are as long as the figures that they show.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PATHS = ['/ui', '/ui/*'];
const NOT_BUILT = 'The page is not built. Run `npm run build`, then start the server again.\n';

/** Serves the web page below /ui. Every path of it is the page, which finds its way by itself. */
export async function servePage(server: FastifyInstance): Promise<void> {
  const root = BUILT.find((path) => existsSync(join(path, 'index.html')));
  const options = { config: { isPage: true } };
  server.get('/', options, (_, reply) => reply.redirect('/ui'));
  if (root === undefined) {
    for (const path of PATHS)
      server.get(path, options, (_, reply) => reply.code(503).type('text/plain').send(NOT_BUILT));
    return;
  }
  await server.register(fastifyStatic, { root, serve: false, cacheControl: false });
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = (request.params as { readonly '*'?: string })['*'] ?? '';
    reply
      .header('content-security-policy', POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer');
    // The names of these files change with what is in them.
    const isForEver = path.startsWith('assets/');
    reply.header('cache-control', isForEver ? 'public, max-age=31536000, immutable' : 'no-store');
    return reply.sendFile(isForEver || path === 'icon.svg' ? path : 'index.html');
  };
  for (const path of PATHS) server.get(path, options, answer);
}
