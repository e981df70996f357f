import type { CallSettings } from '../passthrough/pipeline/ports';
import type { Config } from '../platform/config';

const MINUTE_MS = 60_000;

/** What the configuration says about calls, as the pipeline reads it. */
export function callSettings(config: Config): CallSettings {
  const { spending, masterKey, upstream } = config;
  return {
    masterKey: masterKey.value,
    masterMaySpend: masterKey.maySpend,
    allowPrivateUpstreams: upstream.allowsPrivateAddresses,
    budgetRefusalStatus: spending.budgetRefusalStatus,
    hidesAmounts: spending.hidesAmounts,
    responseCostInBody: spending.putsCostInBody,
    defaultMaxOutputTokens: spending.defaultMaxOutputTokens,
    unboundedInputTokens: spending.unboundedInputTokens,
    // Streams may run for long as long as something comes; the deadline is for calls that nobody ends.
    callDeadlineMs: Math.max(60 * MINUTE_MS, upstream.headersTimeoutMs + 30 * MINUTE_MS),
    maxResponseBytes: upstream.maxResponseBytes,
    routing: config.routing,
    attribution: config.attribution,
  };
}
