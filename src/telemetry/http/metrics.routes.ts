import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal';
import { AppError } from '../../platform/errors';
import type { MetricsService } from '../metrics.service';

export interface MetricsRoutes {
  readonly metrics: MetricsService;
  readonly principalOf: (authorization: string | undefined) => Promise<Principal>;
}

const STATUS_OF: Partial<Record<AppError['code'], number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** The address that Prometheus scrapes. */
export function metricsRoutes(app: FastifyInstance, { metrics, principalOf }: MetricsRoutes): void {
  app.get('/metrics', async (request: FastifyRequest, reply) => {
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
