import { NO_OWNER, type AlertMessage, type Notice } from './alert-message';

/** Groups of LiteLLM by the scope of a limit; what it has none for concerns the proxy. */
const GROUPS: Readonly<Record<string, string>> = {
  KEY: 'key',
  TEAM: 'team',
  TEAM_MEMBER: 'internal_user',
  USER: 'internal_user',
  CUSTOMER: 'customer',
  ORGANIZATION: 'organization',
  PROJECT: 'project',
  TAG: 'tag',
};

/** Events of LiteLLM by the kind of an alert; a threshold of the whole budget is its `budget_crossed`. */
const EVENTS: Readonly<Record<string, string>> = {
  THRESHOLD: 'threshold_crossed',
  SOFT_LIMIT: 'soft_budget_crossed',
  PROJECTED_EXCEED: 'projected_limit_exceeded',
};

/**
 * The body of LiteLLM's webhook (https://docs.litellm.ai/docs/proxy/alerting#webhook-spec), for receivers that were made
 * for it. Amounts are numbers with all their digits. Kinds of alerts that LiteLLM does not have go by their own names.
 */
export function litellmEvent({ alerts, isTest }: Notice): string {
  const [alert] = alerts;
  const owner = alert?.owner ?? NO_OWNER;
  const details = alert?.details ?? {};
  // LiteLLM's budgets are in USD alone; what counts requests or tokens is told in the message.
  const isUsd = details['unit'] === undefined || details['unit'] === 'USD';
  const usd = (name: string): string => (isUsd ? amount(details[name]) : null) ?? 'null';
  const spend = usd('spent');
  const members: readonly (readonly [string, string])[] = [
    // The one amount that its receivers may not be told null of.
    ['spend', spend === 'null' ? '0' : spend],
    ['max_budget', usd('limit')],
    ['soft_budget', usd('softLimit')],
    ['token', text(owner.keyId)],
    ['customer_id', text(owner.customerId)],
    ['user_id', text(owner.userId)],
    ['team_id', text(owner.teamId)],
    ['team_alias', text(owner.teamName)],
    ['organization_id', text(alert?.organizationId ?? null)],
    ['user_email', text(owner.userEmail)],
    ['key_alias', text(owner.keyAlias)],
    ['projected_exceeded_date', text(dateText(details['projectedAt']))],
    ['projected_spend', usd('projected')],
    ['event', text(isTest ? 'test' : eventOf(alert))],
    ['event_group', text(groupOf(alert))],
    ['event_message', text(alerts.map(({ title, message }) => `${title}: ${message}`).join('\n'))],
  ];
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

function groupOf(alert: AlertMessage | undefined): string {
  return GROUPS[alert?.scope ?? ''] ?? 'proxy';
}

function eventOf(alert: AlertMessage | undefined): string {
  const { kind, threshold } = alert ?? { kind: 'TEST', threshold: null };
  if (kind === 'THRESHOLD' && isWhole(threshold)) return 'budget_crossed';
  return EVENTS[kind] ?? kind.toLowerCase();
}

function isWhole(threshold: string | null): boolean {
  return threshold !== null && /^0*(?:[1-9]\d{2,})(?:\.\d+)?%?$/.test(threshold);
}

function text(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value);
}

function dateText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The digits of decimal text as a number of JSON; null for anything else. */
function amount(value: unknown): string | null {
  return typeof value === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? value : null;
}
