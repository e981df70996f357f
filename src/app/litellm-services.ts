import type { LitellmServices, RequestContexts } from '../litellm/services';
import { readPolicy, type ManagementPolicy } from '../litellm/policy';
import { Problems, type ManagementConfig } from '../platform/config';
import type { Log } from '../platform/logger';
import { checkLangfuse } from '../telemetry/langfuse-check';
import { configuredAdjustments } from './configured-prices';
import type { PriceRefresh } from '../pricing/price-refresh';
import { probe } from '../passthrough/pipeline/probe';
import type { UpstreamClient } from '../platform/http/upstream-client';
import type { ServiceParts, Services } from './services';

interface LitellmParts extends ServiceParts {
  readonly services: Services;
  readonly contexts: RequestContexts;
  readonly upstream: Pick<UpstreamClient, 'send'>;
  /** Null: no price map is fetched. */
  readonly refresh: Pick<PriceRefresh, 'refreshNow'> | null;
}

/** Stops the start when the file asks for what cannot be. */
function policyOf(management: ManagementConfig, log: Log): ManagementPolicy {
  const problems = new Problems();
  const policy = readPolicy(management, problems);
  problems.throwIfAny();
  for (const warning of problems.warnings) log.warn(warning);
  return policy;
}

/** What the LiteLLM routes stand on, from what there is. */
export function litellmServices(parts: LitellmParts): LitellmServices {
  const { config, services, contexts, tokenizer, clock, log, upstream, refresh } = parts;
  const { allowsPrivateAddresses } = config.upstream;
  const { langfuse } = config;
  return {
    ...services,
    ...{ contexts, tokenizer, log, keyedHash: services.hash },
    configuredAdjustments: configuredAdjustments(config),
    policy: policyOf(config.management, log),
    serviceTests: {
      alertDeliveries: services.alertDeliveries,
      configuredAlerts: config.alerts.channels,
      langfuseCheck: langfuse === null ? null : () => checkLangfuse(langfuse, services.alertClient, clock),
    },
    priceReload: refresh === null ? null : () => refresh.refreshNow(),
    connections: {
      allowsPrivateAddresses,
      probe: (route) =>
        probe({ upstream, clock, settings: { allowPrivateUpstreams: allowsPrivateAddresses } }, route),
    },
    bodyLimitBytes: config.http.restBodyLimitBytes,
  };
}
