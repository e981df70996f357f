import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MountedRoute } from '../platform/openapi/mounted-routes';
import { openApiDocument } from '../platform/openapi/openapi-document';
import { documentFrame } from './openapi-components';
import { packageVersion } from './package-version';

export const DOCUMENT_PATH = '/openapi.json';
export const READER_PATH = '/docs';

/**
 * The reader is Scalar's, from its package. Nothing of it may come from elsewhere: it is told to load no fonts, to use no
 * proxy and to report nothing, and the policy lets the browser connect to this server alone.
 */
const SETTINGS = {
  url: DOCUMENT_PATH,
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  defaultOpenAllTags: false,
  documentDownloadType: 'json',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>spendgraph API</title>
    <link rel="icon" href="/ui/icon.svg" />
  </head>
  <body>
    <div id="reader"></div>
    <script src="${READER_PATH}/scalar.js"></script>
    <script src="${READER_PATH}/start.js"></script>
  </body>
</html>
`;

const START = `Scalar.createApiReference('#reader', ${JSON.stringify(SETTINGS)});\n`;
const IN_PACKAGE = 'js/standalone.js';

/** Serves the OpenAPI document of every route that is mounted, and a page to read it on. */
export function serveDocs(server: FastifyInstance, routes: readonly MountedRoute[]): void {
  let text: string | null = null;
  let script: Promise<Buffer> | null = null;
  const options = { config: { isPage: true } };
  server.get(DOCUMENT_PATH, options, (_, reply) => {
    text ??= JSON.stringify(openApiDocument(documentFrame(packageVersion()), routes));
    return guarded(reply).type('application/json').send(text);
  });
  server.get(READER_PATH, options, (_, reply) => guarded(reply).type('text/html; charset=utf-8').send(PAGE));
  server.get(`${READER_PATH}/start.js`, options, (_, reply) =>
    guarded(reply).type('text/javascript; charset=utf-8').send(START),
  );
  server.get(`${READER_PATH}/scalar.js`, options, async (_, reply) => {
    script ??= readFile(readerScript());
    return guarded(reply)
      .type('text/javascript; charset=utf-8')
      .send(await script);
  });
}

/** Beside the entry of the package, which is an ES module that is not needed for this. */
function readerScript(): string {
  const entry = createRequire(__filename).resolve('@scalar/fastify-api-reference');
  return join(dirname(entry), IN_PACKAGE);
}

function guarded(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache');
}
