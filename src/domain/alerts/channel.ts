import { severityRank, type AlertMessage, type AlertSeverity } from './alert-message';

/** How a channel is told. */
export const CHANNEL_TYPES = ['WEBHOOK', 'LITELLM_WEBHOOK', 'SLACK', 'TEAMS', 'PAGERDUTY', 'EMAIL'] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

export const CHANNEL_TYPE_DOCS: Readonly<Record<ChannelType, string>> = {
  WEBHOOK: 'An HTTP POST of JSON, signed as Standard Webhooks specifies.',
  LITELLM_WEBHOOK: "An HTTP POST in the shape of LiteLLM's webhook, signed like WEBHOOK.",
  SLACK: 'An incoming webhook of Slack.',
  TEAMS: 'A workflow of Microsoft Teams that posts a card when a webhook request is received.',
  PAGERDUTY: 'The Events API v2 of PagerDuty; an incident is resolved once its alert is acknowledged.',
  EMAIL: 'Mail, by the SMTP server of the settings.',
};

/** Whose channel it is, and which alerts it takes. */
export interface ChannelFilter {
  readonly id: string;
  /** Null: of the whole server. */
  readonly organizationId: string | null;
  readonly teamId: string | null;
  readonly kinds: readonly string[] | null;
  readonly minimumSeverity: AlertSeverity;
  readonly scopes: readonly string[] | null;
}

type Filtered = Pick<AlertMessage, 'organizationId' | 'kind' | 'severity' | 'scope' | 'owner'>;

/**
 * Whether the channel is told of the alert. A channel hears what happens within its team, its organization or the whole
 * server; a rule that names channels is heard by those alone, never beyond their own place.
 */
export function isTold(
  channel: ChannelFilter,
  alert: Filtered,
  ruleChannelIds: readonly string[] | null,
): boolean {
  if (channel.organizationId !== null && channel.organizationId !== alert.organizationId) return false;
  if (channel.teamId !== null && channel.teamId !== alert.owner.teamId) return false;
  if (ruleChannelIds !== null && !ruleChannelIds.includes(channel.id)) return false;
  if (channel.kinds !== null && !channel.kinds.includes(alert.kind)) return false;
  if (channel.scopes !== null && !channel.scopes.includes(alert.scope)) return false;
  return severityRank(alert.severity) >= severityRank(channel.minimumSeverity);
}
