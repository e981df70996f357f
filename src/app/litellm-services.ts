import type { LitellmServices, RequestContexts } from '../litellm/services';
import { readPolicy, type ManagementPolicy } from '../litellm/policy';
import { Problems, type ManagementConfig } from '../platform/config';
import type { Log } from '../platform/logger';
import { checkLangfuse } from '../telemetry/langfuse-check';
import { configuredAdjustments } from './configured-prices';
import type { ServiceParts, Services } from './services';

interface LitellmParts extends ServiceParts {
  readonly services: Services;
  readonly contexts: RequestContexts;
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
  const { config, services, contexts, tokenizer, clock, log } = parts;
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
    bodyLimitBytes: config.http.restBodyLimitBytes,
  };
}
