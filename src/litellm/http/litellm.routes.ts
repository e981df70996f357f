import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingAs } from '../../access/acting';
import { senderOf } from '../../platform/http/sender';
import { ok, type Result } from '../../domain/result';
import { badRequest, type LitellmFailure } from '../failure';
import { parseLossless, writeLossless } from '../lossless';
import { litellmDocs } from './litellm-docs';
import { payloadOf } from './payload';
import type { LitellmServices } from '../services';
import { errorBody, failureOfError, failureOfRequest, maskedFailure } from './failure-of';
import type { LitellmRoute, RouteOutcome } from './route';
import { LITELLM_ROUTES } from './route-table';

/** Names the members of a request that had no effect. */
export const IGNORED_HEADER = 'x-spendgraph-ignored';

const NO_EFFECT = 'Members of a LiteLLM request had no effect.';

/** In which a credential may come, with or without "Bearer" before it; the first that is there counts. */
const CREDENTIAL_HEADERS = ['x-litellm-api-key', 'authorization', 'x-api-key'];

/**
 * The management routes of LiteLLM as a fastify plugin. Register it in a scope of its own: it reads bodies itself, with
 * every digit of their numbers.
 */
export async function litellmRoutes(app: FastifyInstance, services: LitellmServices): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: services.bodyLimitBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    const isClients = status >= 400 && status < 500;
    return send(reply, isClients ? failureOfRequest(status) : masked(services, request, error));
  });
  for (const route of LITELLM_ROUTES) {
    app.route({
      method: route.method,
      url: route.path,
      config: { docs: () => [litellmDocs(route)] },
      handler: async (request, reply) => {
        const outcome = await outcomeOf(route, services, request);
        if (!outcome.ok) return send(reply, outcome.error);
        const { body, headers = {}, ignored = [] } = outcome.value;
        if (ignored.length > 0) {
          services.log.warn({ requestId: request.id, path: route.path, ignored }, NO_EFFECT);
          reply.header(IGNORED_HEADER, [...new Set(ignored)].map(encodeURIComponent).join(', '));
        }
        return reply.headers(headers).type('application/json').send(payloadOf(body));
      },
    });
  }
  await Promise.resolve();
}

async function outcomeOf(
  route: LitellmRoute,
  services: LitellmServices,
  request: FastifyRequest,
): Promise<RouteOutcome> {
  try {
    const principal = await services.contexts.principalOf(credentialOf(request));
    if (principal.kind === 'ANONYMOUS') return { ok: false, error: NO_CREDENTIAL };
    const raw = readRaw(route, request);
    if (!raw.ok) return raw;
    const ctx = services.contexts.contextOf(principal, request.id, senderOf(request.raw, request.ip));
    return await actingAs(ctx, route.path, () => route.run(ctx, services, raw.value));
  } catch (error) {
    return { ok: false, error: failureOfError(error) ?? masked(services, request, error) };
  }
}

const NO_CREDENTIAL: LitellmFailure = {
  status: 401,
  type: 'auth_error',
  message: 'Send a credential in the header "Authorization: Bearer sk-…".',
  param: null,
};

function credentialOf(request: FastifyRequest): string | undefined {
  for (const name of CREDENTIAL_HEADERS) {
    const value = request.headers[name];
    if (typeof value !== 'string' || value === '') continue;
    return /^Bearer /i.test(value) ? value : `Bearer ${value}`;
  }
  return undefined;
}

/** The members of the body or query, and those of the path, which cannot be contradicted. */
function readRaw(
  route: LitellmRoute,
  request: FastifyRequest,
): Result<Readonly<Record<string, unknown>>, LitellmFailure> {
  const path = request.params as Readonly<Record<string, string>>;
  const sent = route.method === 'GET' ? queryOf(request) : bodyOf(request);
  if (!sent.ok) return sent;
  for (const name of Object.keys(path)) {
    if (Object.hasOwn(sent.value, name) && sent.value[name] !== path[name]) {
      return badRequest(name, `"${name}" stands in the path already; leave it out of the body.`);
    }
  }
  return ok({ ...sent.value, ...path });
}

function queryOf(request: FastifyRequest): Result<Readonly<Record<string, unknown>>, LitellmFailure> {
  const query = request.query as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) return badRequest(name, `"${name}" is given more than once.`);
    // A script whose variable is not set would otherwise get an answer about everything.
    if (value === '') return badRequest(name, `"${name}" is empty. Give it a value, or leave it out.`);
  }
  return ok(query);
}

function bodyOf(request: FastifyRequest): Result<Readonly<Record<string, unknown>>, LitellmFailure> {
  const text = typeof request.body === 'string' ? request.body.trim() : '';
  if (text === '') return ok({});
  const parsed = parseLossless(text);
  if (!parsed.ok) return badRequest(null, parsed.error);
  const { value } = parsed;
  const isRecord =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isRecord
    ? ok(value as Readonly<Record<string, unknown>>)
    : badRequest(null, 'The request body must be a JSON object.');
}

function masked(services: LitellmServices, request: FastifyRequest, error: unknown): LitellmFailure {
  services.log.error({ err: error, requestId: request.id }, 'A LiteLLM route failed.');
  return maskedFailure(error, request.id);
}

function send(reply: FastifyReply, failure: LitellmFailure): FastifyReply {
  return reply
    .code(failure.status)
    .type('application/json')
    .send(writeLossless(errorBody(failure)));
}
