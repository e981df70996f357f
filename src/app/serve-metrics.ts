import type { FastifyInstance } from 'fastify';
import type { InFlight } from '../passthrough/http/in-flight';
import type { ObservedLedger } from '../telemetry/observed-ledger';
import { metricsRoutes } from '../telemetry/http/metrics.routes';
import type { MetricsService } from '../telemetry/metrics.service';
import type { Database } from './open-database';
import type { GraphqlContexts } from './graphql-context';

interface MeasuredParts {
  readonly contexts: GraphqlContexts;
  readonly observed: ObservedLedger;
  readonly database: Database;
  readonly inFlight: InFlight;
}

/** Serves /metrics, with the gauges of what this process has under way. */
export function serveMetrics(
  server: FastifyInstance,
  metrics: MetricsService,
  { contexts, observed, database: { pool }, inFlight }: MeasuredParts,
): void {
  metrics.addGauge('spendgraph_calls_in_flight', 'Calls under way.', () => inFlight.size);
  metrics.addGauge(
    'spendgraph_calls_unsettled',
    'Calls admitted here and not yet booked.',
    () => observed.openCalls,
  );
  metrics.addGauge('spendgraph_database_connections', 'Open database connections.', () => pool.totalCount);
  metrics.addGauge(
    'spendgraph_database_waiting',
    'Queries that wait for a connection.',
    () => pool.waitingCount,
  );
  metricsRoutes(server, { metrics, principalOf: (authorization) => contexts.principalOf(authorization) });
}
