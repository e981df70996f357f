import { emailIssues } from '../platform/input-checks';
import type { OutboxAlert } from './outbox.repository';

const MAX_ADDRESSES = 50;

/**
 * Who gets a mail about an alert beside the channel's own recipients, as in LiteLLM: the user of a key, and those whom
 * the metadata of the key or team names, by threshold in `max_budget_alert_emails` and for its soft budget in
 * `soft_budget_alerting_emails`.
 */
export function ownersAddresses({ message, metadata }: OutboxAlert): string[] {
  const isBudget = message.kind === 'THRESHOLD' || message.kind === 'SOFT_LIMIT';
  const named = [
    ...(message.kind === 'THRESHOLD'
      ? ofThreshold(metadata['max_budget_alert_emails'], message.threshold)
      : []),
    ...(message.kind === 'SOFT_LIMIT' ? textsOf(metadata['soft_budget_alerting_emails']) : []),
    ...(isBudget && message.owner.userEmail !== null ? [message.owner.userEmail] : []),
  ];
  return [...new Set(named)]
    .filter((each) => emailIssues('email', each).length === 0)
    .slice(0, MAX_ADDRESSES);
}

/** `{"50": ["ann@example.com"]}`: whom to tell when so many percent are used. */
function ofThreshold(value: unknown, threshold: string | null): string[] {
  if (typeof value !== 'object' || value === null || threshold === null) return [];
  const percent = Number(threshold.replace('%', ''));
  return Object.entries(value).flatMap(([key, emails]) =>
    Number.parseFloat(key) === percent ? textsOf(emails) : [],
  );
}

function textsOf(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) =>
    typeof item === 'string' ? item.split(',').map((each) => each.trim()) : [],
  );
}
