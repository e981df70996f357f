import { createRequire } from 'node:module';
import type * as Otlp from '@opentelemetry/exporter-trace-otlp-http';
import type * as Resources from '@opentelemetry/resources';
import type { Clock } from '../platform/clock';
import type { OtelConfig } from '../platform/config';
import type { Log } from '../platform/logger';
import { EndedCalls } from './ended-calls';
import { otelSpan } from './otel-span';

const TIMEOUT_MS = 10_000;
const MAX_BATCH = 500;
const SUCCESS = 0;

/** Reports booked calls as spans over OTLP/HTTP, through OpenTelemetry's own exporter, which has its own retries. */
export function otelObserver(config: OtelConfig, version: string, clock: Clock, log: Log): EndedCalls {
  // Loaded only where it is wanted: most servers tell nobody.
  const load = createRequire(__filename);
  const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-http') as typeof Otlp;
  const { resourceFromAttributes } = load('@opentelemetry/resources') as typeof Resources;
  const { url, headers, serviceName } = config;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: TIMEOUT_MS });
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': version });
  return new EndedCalls({
    receiver: 'OpenTelemetry',
    ...{ clock, log, maxBatch: MAX_BATCH },
    send: (calls) =>
      new Promise((resolve, reject) => {
        exporter.export(
          calls.map((call) => otelSpan(call, resource, version)),
          ({ code, error }) => {
            const outcome: number = code;
            if (outcome === SUCCESS) resolve();
            else reject(error ?? new Error('The spans were not taken.'));
          },
        );
      }),
  });
}
