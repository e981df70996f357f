import type { LitellmServices, RequestContexts } from '../litellm/services';
import { checkLangfuse } from '../telemetry/langfuse-check';
import { configuredAdjustments } from './configured-prices';
import type { ServiceParts, Services } from './services';

interface LitellmParts extends ServiceParts {
  readonly services: Services;
  readonly contexts: RequestContexts;
}

/** What the LiteLLM routes stand on, from what there is. */
export function litellmServices(parts: LitellmParts): LitellmServices {
  const { config, services, contexts, tokenizer, clock, log } = parts;
  const { langfuse } = config;
  return {
    ...services,
    ...{ contexts, tokenizer, log, keyedHash: services.hash },
    configuredAdjustments: configuredAdjustments(config),
    serviceTests: {
      alertDeliveries: services.alertDeliveries,
      configuredAlerts: config.alerts.channels,
      langfuseCheck: langfuse === null ? null : () => checkLangfuse(langfuse, services.alertClient, clock),
    },
    bodyLimitBytes: config.http.restBodyLimitBytes,
  };
}
