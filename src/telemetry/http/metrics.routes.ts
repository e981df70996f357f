import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal';
import { saying, type RouteDocs } from '../../platform/openapi/route-docs';
import { AppError } from '../../platform/errors';
import type { MetricsService } from '../metrics.service';

export interface MetricsRoutes {
  readonly metrics: MetricsService;
  readonly principalOf: (authorization: string | undefined) => Promise<Principal>;
}

const STATUS_OF: Partial<Record<AppError['code'], number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

const DOCS: RouteDocs = {
  summary: 'Metrics for Prometheus',
  description:
    'Calls, tokens, spend and what is left of budgets, in the names of LiteLLM and of this server.',
  ...{ tag: 'Server', security: ['bearer'] },
  responses: {
    '200': saying('Metrics in the text format.', 'text/plain'),
    '401': saying('The credential is not valid.', 'text/plain'),
    '403': saying("The credential is no administrator's.", 'text/plain'),
  },
};

/** The address that Prometheus scrapes. */
export function metricsRoutes(app: FastifyInstance, { metrics, principalOf }: MetricsRoutes): void {
  app.get('/metrics', { config: { docs: () => [DOCS] } }, async (request: FastifyRequest, reply) => {
    try {
      const { contentType, text } = await metrics.read(await principalOf(request.headers.authorization));
      return await reply.header('content-type', contentType).send(text);
    } catch (error) {
      const status = error instanceof AppError ? STATUS_OF[error.code] : undefined;
      if (status === undefined) throw error;
      return reply
        .code(status)
        .type('text/plain')
        .send(`${(error as AppError).message}\n`);
    }
  });
}
