import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../platform/config';
import type { Log } from '../platform/logger';
import { endSilentConnections } from './silent-connections';
import { packageVersion } from './package-version';
import { ALIVE_DOCS, READY_DOCS } from './server-docs';

/** How long a client may take to send a request. Answers may take as long as they do. */
export interface RequestTimeouts {
  readonly headersTimeoutMs: number;
  /** Headers and body. */
  readonly requestTimeoutMs: number;
  /** How often connections are looked through for late ones. */
  readonly checkIntervalMs: number;
}

const TIMEOUTS: RequestTimeouts = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  checkIntervalMs: 5_000,
};

/** What the scripts of a page may read of an answer, beside the few headers that browsers always show. */
const EXPOSED_HEADERS = [
  ...['retry-after', 'x-request-id', 'x-should-retry', 'reset_at', 'rate_limit_type'],
  ...['x-litellm-call-id', 'x-litellm-model-group', 'x-litellm-response-cost', 'x-litellm-key-spend'],
  ...['x-spendgraph-max-output-tokens', 'x-spendgraph-limit-id', 'x-spendgraph-limit-scope'],
  ...['x-litellm-key-max-budget', 'x-litellm-key-rpm-limit', 'x-litellm-key-tpm-limit'],
  ...['requests', 'tokens'].flatMap((what) =>
    ['limit', 'remaining', 'reset'].map((of) => `x-ratelimit-${of}-${what}`),
  ),
  ...['limit', 'remaining', 'scope', 'resets-at'].map((of) => `x-spendgraph-budget-${of}`),
  ...['x-spendgraph-max-tokens-clamped', 'x-spendgraph-fallback-from', 'x-litellm-attempted-fallbacks'],
  ...['x-spendgraph-soft-limit-exceeded', 'x-spendgraph-limit-exceeded', 'x-spendgraph-would-refuse'],
  ...['input', 'output', 'original', 'discount-amount', 'margin-amount'].map(
    (part) => `x-litellm-response-cost-${part}`,
  ),
  ...['x-litellm-version', 'x-litellm-model-id', 'x-litellm-attempted-retries'],
  ...['x-spendgraph-ignored', 'x-litellm-spend-logs-truncated'],
];

export interface HealthChecks {
  /** False from the moment that the server is told to stop. */
  readonly isAccepting: () => boolean;
  /** Throws when the database does not answer. */
  readonly askDatabase: () => Promise<unknown>;
  readonly journal: JournalState;
  /** Whether calls may go through without the database, so that the server is to stay in rotation then. */
  readonly servesWithoutDatabase: boolean;
  readonly version: string;
}

/** What waits on the disk of this process to be booked. */
export interface JournalState {
  readonly waiting: readonly unknown[];
  readonly underWay: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** The HTTP server that every door is mounted on. */
export async function createHttpServer(
  config: Config,
  log: Log,
  timeouts: RequestTimeouts = TIMEOUTS,
): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    // Unique among all processes, so that a request can be found in the logs by the id that its answer carries.
    genReqId: () => randomUUID(),
    trustProxy: config.http.trustedProxies.length === 0 ? false : [...config.http.trustedProxies],
    bodyLimit: config.http.restBodyLimitBytes,
    requestTimeout: timeouts.requestTimeoutMs,
    http: {
      headersTimeout: timeouts.headersTimeoutMs,
      connectionsCheckingInterval: timeouts.checkIntervalMs,
    },
    // A path with a trailing slash is the same path: base URLs are often written with one.
    routerOptions: { ignoreTrailingSlash: true },
  });
  endSilentConnections(app);
  if (config.http.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: [...config.http.corsOrigins],
      exposedHeaders: [...EXPOSED_HEADERS],
    });
  }
  const version = packageVersion();
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-litellm-version', version);
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`;
    return reply.code(404).send(errorBody(404, 'not_found_error', message));
  });
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return reply.code(status).send(errorBody(status, 'invalid_request_error', error.message));
    }
    log.error({ err: error, requestId: request.id }, 'A request failed unexpectedly.');
    return reply
      .code(500)
      .send(errorBody(500, 'internal_server_error', 'Something went wrong on this server.'));
  });
  return app;
}

/** Probes for Kubernetes, under LiteLLM's paths: alive, and ready for calls. */
export function healthRoutes(app: FastifyInstance, checks: HealthChecks): void {
  const { version } = checks;
  for (const path of ['/health/liveliness', '/health/liveness']) {
    app.get(path, { config: { docs: () => [ALIVE_DOCS] } }, () => ({ status: 'healthy', version }));
  }
  app.get('/health/readiness', { config: { docs: () => [READY_DOCS] } }, async (_request, reply) => {
    if (!checks.isAccepting()) return reply.code(503).send({ status: 'stopping', version });
    const { waiting, underWay, bytes } = checks.journal;
    const journal = { waiting: waiting.length, under_way: underWay, bytes };
    try {
      await checks.askDatabase();
      return await reply.send({ status: 'healthy', db: 'connected', journal, version });
    } catch {
      const away = { db: 'disconnected', journal, version };
      if (checks.servesWithoutDatabase) return reply.send({ status: 'degraded', ...away });
      return reply.code(503).send({ status: 'unhealthy', ...away });
    }
  });
}

function errorBody(status: number, type: string, message: string) {
  return { error: { message, type, param: null, code: String(status) } };
}
