import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { ChannelType } from '../domain/alerts/channel';
import { err, ok, type Result } from '../domain/result';
import { readWebhookUrl } from '../platform/http/webhook-url';
import { emailIssues, nameIssues, uniqueNames } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';

/** What a caller says of a channel: absent stays as it is, and null lifts a filter. */
export interface ChannelFields {
  readonly name?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly routingKey?: string | null | undefined;
  readonly recipients?: readonly string[] | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly kinds?: readonly string[] | null | undefined;
  readonly minimumSeverity?: AlertSeverity | null | undefined;
  readonly scopes?: readonly string[] | null | undefined;
}

export interface CreateAlertChannel extends ChannelFields {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly type: ChannelType;
  readonly name: string;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateAlertChannel extends ChannelFields {
  readonly alertChannelId: string;
}

/** Where a channel sends, as it was read. What is undefined was not given. */
export interface ChannelPlace {
  readonly url: string | undefined;
  /** Scheme and host of the URL. */
  readonly target: string | undefined;
  readonly routingKey: string | undefined;
  readonly recipients: string[] | undefined;
}

export interface PlaceRules {
  /** Whether the server may call the host although it is private. */
  readonly allowsPrivate: (url: URL) => boolean;
  readonly hasMail: boolean;
}

/** The address for customers in the United States; those in Europe give theirs, events.eu.pagerduty.com. */
export const PAGERDUTY_URL = 'https://events.pagerduty.com/v2/enqueue';

const ROUTING_KEY = /^[A-Za-z0-9]{20,64}$/;
const MAX_RECIPIENTS = 50;
const MEMBERS = ['url', 'routingKey', 'recipients'] as const;

/** Which members each type takes; those of its first list it needs. */
const MEMBERS_OF: Readonly<Record<ChannelType, readonly (typeof MEMBERS)[number][]>> = {
  WEBHOOK: ['url'],
  LITELLM_WEBHOOK: ['url'],
  SLACK: ['url'],
  TEAMS: ['url'],
  PAGERDUTY: ['url', 'routingKey'],
  EMAIL: ['recipients'],
};

/** Reads where a channel of the type sends. `isNew` asks for what it cannot be without. */
export function readPlace(
  type: ChannelType,
  input: ChannelFields,
  isNew: boolean,
  rules: PlaceRules,
): Result<ChannelPlace, UserIssue[]> {
  const taken = MEMBERS_OF[type];
  for (const member of MEMBERS) {
    if (input[member] == null || taken.includes(member)) continue;
    return issue('INVALID', member, `A channel of type ${type} takes no ${member}. Leave it out.`);
  }
  if (type === 'EMAIL' && !rules.hasMail)
    return issue(
      'INVALID',
      'type',
      'No mail can be sent: an operator has to set SMTP_HOST and SMTP_SENDER_EMAIL.',
    );
  // The key goes where the address leads: whoever moves the channel has to know it.
  if (type === 'PAGERDUTY' && !isNew && input.url != null && input.routingKey == null)
    return issue('REQUIRED', 'routingKey', 'Give the routingKey as well, which is sent to the new address.');
  const given = isNew && type === 'PAGERDUTY' ? { ...input, url: input.url ?? PAGERDUTY_URL } : input;
  const missing = isNew && taken.find((member) => given[member] == null);
  if (typeof missing === 'string')
    return issue('REQUIRED', missing, `A channel of type ${type} needs ${missing}.`);
  return readMembers(given, rules);
}

function readMembers(input: ChannelFields, rules: PlaceRules): Result<ChannelPlace, UserIssue[]> {
  const url = input.url == null ? null : readWebhookUrl(input.url, rules.allowsPrivate);
  if (url !== null && !url.ok) return issue('INVALID', 'url', url.error);
  const routingKey = input.routingKey?.trim();
  if (routingKey !== undefined && !ROUTING_KEY.test(routingKey))
    return issue(
      'INVALID',
      'routingKey',
      'It is the integration key of an Events API v2 integration: 32 letters and digits.',
    );
  const recipients = input.recipients == null ? undefined : uniqueNames(input.recipients);
  const issues = recipientIssues(recipients);
  if (issues.length > 0) return err(issues);
  const address = url?.value;
  return ok({ url: address?.href, target: address?.origin, routingKey, recipients });
}

function recipientIssues(recipients: readonly string[] | undefined): UserIssue[] {
  if (recipients === undefined) return [];
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) {
    return issue('INVALID', 'recipients', `Name 1 to ${MAX_RECIPIENTS} e-mail addresses.`).error;
  }
  return recipients.flatMap((each) => emailIssues('recipients', each)).slice(0, 1);
}

/** What is wrong with what all types have. */
export function fieldIssues({ name, kinds, scopes }: ChannelFields): UserIssue[] {
  const isEmpty = (list: readonly string[] | null | undefined): boolean => list?.length === 0;
  const nothing = (field: string): UserIssue[] =>
    issue(
      'INVALID',
      field,
      `With no ${field} at all it would never be told anything. Leave it out for all of them.`,
    ).error;
  return [
    ...nameIssues('name', name),
    ...(isEmpty(kinds) ? nothing('kinds') : []),
    ...(isEmpty(scopes) ? nothing('scopes') : []),
  ];
}
