import type { FastifyInstance } from 'fastify';
import { anthropic } from '../providers/anthropic/anthropic';
import { cohere } from '../providers/cohere/cohere';
import { openAi } from '../providers/openai/openai';
import { headerOf } from './take-call';

const NOT_FOUND = 404;
/** The first part of a path below which SDKs and LiteLLM's clients call a provider, however often they write the slash. */
const PROVIDER_PATH = /^\/+(?:openai|anthropic|gemini|cohere|mistral|azure|bedrock|vertex_ai)(?:\/|$)/i;

/**
 * What the SDKs can do and this server cannot is refused in the SDK's own envelope, with what is served. It is told
 * before the body is read, which may be of a type that no door here takes.
 */
export function refuseUnserved(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (!request.is404) return;
    const isProviders = PROVIDER_PATH.test(path);
    if (!isProviders && !path.startsWith('/v1/')) return;
    const isAnthropic = headerOf(request, 'anthropic-version') !== undefined;
    // Nothing is passed on blindly: what has no known price cannot be held against a limit.
    const why = isProviders ? ' No price is known for it, so it is not passed on.' : '';
    const message = `${request.method} ${path} is not served here.${why} Served are ${SERVED}.`;
    const format = isAnthropic ? anthropic : openAi;
    const error = { status: NOT_FOUND, message, type: 'not_found_error', code: 'unknown_url' };
    await reply.code(NOT_FOUND).send(format.errorBody(error));
  });
}

const SERVED = [...Object.keys(openAi.paths), ...Object.keys(anthropic.paths), ...Object.keys(cohere.paths)]
  .filter((path) => path.startsWith('/v1/'))
  .map((path) => `POST ${path}`)
  .concat('POST /v1/files', 'POST /v1/batches', 'GET /v1/models')
  .join(', ');
