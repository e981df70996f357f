import type { ChannelType } from '../domain/alerts/channel';
import type { ConfiguredAlertChannel } from '../platform/config';
import type { ConfiguredChannelRow } from './alert-channel.repository';
import { NO_SECRETS, type ChannelSecrets } from './channel-secrets';

const TYPES: Readonly<Record<ConfiguredAlertChannel['service'], ChannelType>> = {
  slack: 'SLACK',
  webhook: 'LITELLM_WEBHOOK',
  email: 'EMAIL',
};

/** What the types of LiteLLM's alerts are here. What it has no type for goes with its alerts of budgets. */
const KINDS_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  budget_alerts: ['THRESHOLD', 'SOFT_LIMIT', 'PROJECTED_EXCEED', 'SPEND_ANOMALY', 'KEY_EXPIRING'],
  spend_reports: ['SPEND_REPORT'],
  daily_reports: ['SPEND_REPORT'],
  failed_tracking_spend: ['UNPRICED_MODEL'],
  llm_exceptions: ['PROVIDER_FAILING'],
  outage_alerts: ['PROVIDER_FAILING'],
  region_outage_alerts: ['PROVIDER_FAILING'],
  new_model_added: ['NEW_MODEL'],
};

/** The id of a channel that the configuration names: the same at every start and in every process. */
export function configuredChannelId(name: string): string {
  return `chan_config_${name}`;
}

export function configuredRow({
  name,
  service,
  url,
  recipients,
  alertTypes,
}: ConfiguredAlertChannel): ConfiguredChannelRow {
  const kinds = alertTypes?.flatMap((type) => KINDS_OF_TYPE[type] ?? []);
  return {
    id: configuredChannelId(name),
    name: `${service} (configuration)`,
    type: TYPES[service],
    target: url === null ? null : new URL(url).origin,
    recipients,
    kinds: kinds === undefined ? null : [...new Set(kinds)],
  };
}

export function configuredSecrets(
  channels: readonly ConfiguredAlertChannel[],
): ReadonlyMap<string, ChannelSecrets> {
  return new Map(
    channels.map(({ name, url, secret }) => [configuredChannelId(name), { ...NO_SECRETS, url, secret }]),
  );
}
