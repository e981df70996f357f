/** How much an alert matters, from least to most. */
export const ALERT_SEVERITIES = ['INFO', 'WARNING', 'CRITICAL'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** Whom an alert is about, as far as it is known: names for people, and where mail about it can go. */
export interface AlertOwner {
  readonly keyId: string | null;
  readonly keyAlias: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly userId: string | null;
  readonly userEmail: string | null;
  readonly customerId: string | null;
}

/** An alert as every format of message takes it. Amounts in `details` are decimal text. */
export interface AlertMessage {
  readonly id: string;
  readonly kind: string;
  readonly severity: AlertSeverity;
  readonly organizationId: string | null;
  readonly scope: string;
  readonly scopeId: string;
  readonly limitId: string | null;
  /** ISO 8601; null for alerts that belong to no window. */
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  /** What was crossed, such as "80" percent; null where nothing is. */
  readonly threshold: string | null;
  /** What it is about, for people. */
  readonly subject: string;
  readonly title: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The same for all messages about one occurrence. */
  readonly dedupeKey: string;
  /** ISO 8601. */
  readonly raisedAt: string;
  readonly owner: AlertOwner;
}

/** What one message tells: one alert, or several that were gathered. */
export interface Notice {
  /** The same at every attempt to tell it, so that a receiver can tell a repetition. */
  readonly eventId: string;
  readonly alerts: readonly AlertMessage[];
  /** ISO 8601: when the message was made, the same at every attempt. */
  readonly createdAt: string;
  /** Whether somebody tries the channel: nothing has happened. */
  readonly isTest: boolean;
}

export const NO_OWNER: AlertOwner = {
  keyId: null,
  keyAlias: null,
  teamId: null,
  teamName: null,
  userId: null,
  userEmail: null,
  customerId: null,
};

export function severityRank(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}

/** The gravest of them. */
export function worstSeverity(alerts: readonly AlertMessage[]): AlertSeverity {
  return alerts.reduce<AlertSeverity>(
    (worst, { severity }) => (severityRank(severity) > severityRank(worst) ? severity : worst),
    'INFO',
  );
}

/** One line that tells what the message is about. */
export function headline({ alerts, isTest }: Notice): string {
  const [first] = alerts;
  const text = alerts.length === 1 && first ? first.title : `${alerts.length} alerts`;
  return isTest ? `Test: ${text}` : text;
}
