/** What alerts are raised about. */
export const ALERT_KINDS = [
  'THRESHOLD',
  'SOFT_LIMIT',
  'PROJECTED_EXCEED',
  'SPEND_ANOMALY',
  'UNPRICED_MODEL',
  'NEW_MODEL',
  'KEY_EXPIRING',
  'PROVIDER_FAILING',
  'SPEND_REPORT',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_KIND_DOCS: Readonly<Record<AlertKind, string>> = {
  THRESHOLD: 'A part of a limit was used.',
  SOFT_LIMIT: 'A soft limit was crossed.',
  PROJECTED_EXCEED: 'A limit will be used up before its window ends, if spending goes on as it does.',
  SPEND_ANOMALY: 'Spend stands out from what is usual.',
  UNPRICED_MODEL: 'A model without a price was used.',
  NEW_MODEL: 'A model that was not used before caused spend.',
  KEY_EXPIRING: 'A virtual key is about to expire.',
  PROVIDER_FAILING: 'A provider fails more calls than usual.',
  SPEND_REPORT: 'A report of spend, by its schedule.',
};
