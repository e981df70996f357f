import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { templateOf } from '../../platform/openapi/openapi-document';
import type { RouteDocs } from '../../platform/openapi/route-docs';
import { gemini } from '../providers/gemini/gemini';
import type { Operation } from '../providers/provider';
import { invalidRequest } from '../providers/wire-error';
import { planGeminiCount } from '../pipeline/gemini-count-tokens';
import { callDocs, freeDocs } from './call-docs';
import { geminiModelsRoutes } from './gemini-models.routes';
import type { ModelsRoutes } from './models.routes';
import { refuseStrangers } from './refuse-strangers';
import { takeCall, takeUnmetered, type PassthroughParts } from './take-call';

/** Google's own paths, the same under the provider's name, and those of Vertex AI. */
const VERTEX = '/projects/:project/locations/:location/publishers/google';
export const GEMINI_BASES: readonly string[] = [
  ...['/v1beta', '/gemini/v1beta', '/gemini/v1'],
  ...['/v1', '/v1beta1', '/vertex_ai/v1', '/vertex_ai/v1beta1'].map((version) => `${version}${VERTEX}`),
];
const NOT_FOUND = 404;

interface MethodRequest {
  Params: { '*': string };
}

/** Methods on Gemini's models. The names of models may hold slashes, so the path is taken apart at its last colon. */
export function geminiRoutes(app: FastifyInstance, parts: PassthroughParts & ModelsRoutes): void {
  const onRequest = refuseStrangers(parts, gemini);
  for (const base of GEMINI_BASES) {
    const config = { keyInQuery: true, docs: () => docsOf(base) };
    app.post<MethodRequest>(`${base}/models/*`, { onRequest, config }, (request, reply) => {
      takeMethod(parts, request, reply);
    });
  }
  geminiModelsRoutes(app, parts);
}

function docsOf(base: string): RouteDocs[] {
  const methods = Object.entries(gemini.paths).map(([path, operation]) =>
    callDocs(gemini, operation, { path: path.replace('/v1beta', templateOf(base)) }),
  );
  const count = freeDocs(gemini, 'Count of the tokens of a content', 'Counts what the input has.', {
    path: `${templateOf(base)}/models/{model}:countTokens`,
    externalUrl: 'https://ai.google.dev/api/tokens',
    body: { 'application/json': { type: 'object', additionalProperties: true } },
  });
  return [...methods, count];
}

function takeMethod(
  parts: PassthroughParts,
  request: FastifyRequest<MethodRequest>,
  reply: FastifyReply,
): void {
  const target = request.params['*'];
  const colon = target.lastIndexOf(':');
  const model = target.slice(0, Math.max(colon, 0)).replace(/^models\//, '');
  const method = target.slice(colon + 1);
  const endpoint = `/v1beta/models/{model}:${method}`;
  const operation: Operation | undefined = Object.hasOwn(gemini.paths, endpoint)
    ? gemini.paths[endpoint]
    : undefined;
  if (model !== '' && operation !== undefined) {
    const search = request.url.split('?')[1] ?? '';
    const address = { model, provider: 'gemini', search };
    takeCall(parts, { format: gemini, operation, endpoint, address }, request, reply);
    return;
  }
  if (model !== '' && method === 'countTokens') {
    takeUnmetered(parts, request, reply, (received) => ({
      ...received,
      format: gemini,
      plan: (caller) => planGeminiCount(parts.ports, caller, model, received.body),
    }));
    return;
  }
  const served = [...Object.keys(gemini.paths), '/v1beta/models/{model}:countTokens'];
  const message = `There is no method "${method.slice(0, 100)}" here. Served are ${served.map((path) => `POST ${path}`).join(', ')}.`;
  const error = { ...invalidRequest('method', message), status: NOT_FOUND, code: 'unknown_url' };
  void reply.code(NOT_FOUND).send(gemini.errorBody(error));
}
