import type { FastifyInstance } from 'fastify';
import { anthropic } from '../providers/anthropic/anthropic';
import { cohere } from '../providers/cohere/cohere';
import { openAi } from '../providers/openai/openai';
import { headerOf } from './take-call';

const NOT_FOUND = 404;

/**
 * What the SDKs can do and this server cannot is refused in the SDK's own envelope, with what is served. It is told
 * before the body is read, which may be of a type that no door here takes.
 */
export function refuseUnserved(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (!request.is404 || !/^\/(?:anthropic\/)?v1\//.test(path)) return;
    const isAnthropic = headerOf(request, 'anthropic-version') !== undefined;
    const message = `${request.method} ${path} is not served here. Served are ${SERVED}.`;
    const format = isAnthropic ? anthropic : openAi;
    const error = { status: NOT_FOUND, message, type: 'not_found_error', code: 'unknown_url' };
    await reply.code(NOT_FOUND).send(format.errorBody(error));
  });
}

const SERVED = [...Object.keys(openAi.paths), ...Object.keys(anthropic.paths), ...Object.keys(cohere.paths)]
  .filter((path) => path.startsWith('/v1/'))
  .map((path) => `POST ${path}`)
  .concat('GET /v1/models')
  .join(', ');
