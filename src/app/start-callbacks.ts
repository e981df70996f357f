import type { Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { Lifecycle } from '../platform/lifecycle';
import type { Log } from '../platform/logger';
import type { EndedCalls } from '../telemetry/ended-calls';
import { langfuseObserver } from '../telemetry/langfuse';
import type { MetricsService } from '../telemetry/metrics.service';
import { otelObserver } from '../telemetry/otel';
import { packageVersion } from './package-version';

interface CallbackParts {
  readonly config: Pick<Config, 'langfuse' | 'otel'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly lifecycle: Lifecycle;
  readonly metrics: MetricsService;
}

/** Whoever is told of booked calls, as the configuration names them. What was not told yet is told at the stop. */
export function startCallbacks({ config, clock, log, lifecycle, metrics }: CallbackParts): EndedCalls[] {
  const told: EndedCalls[] = [];
  const tell = (receiver: string, name: string, calls: EndedCalls): void => {
    lifecycle.onStop(`the reports to ${receiver}`, () => calls.flush());
    metrics.addCounter(
      `spendgraph_${name}_dropped_total`,
      `Calls that ${receiver} was not told of.`,
      () => calls.dropped,
    );
    told.push(calls);
  };
  if (config.langfuse !== null) tell('Langfuse', 'langfuse', langfuseObserver(config.langfuse, clock, log));
  if (config.otel !== null) {
    tell('OpenTelemetry', 'otel', otelObserver(config.otel, packageVersion(), clock, log));
  }
  return told;
}
