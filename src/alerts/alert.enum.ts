import type { AlertSeverity } from '../domain/alerts/alert-message';
import { ALERT_KIND_DOCS } from '../domain/alerts/kinds';
import { enumType } from '../platform/graphql/enum-type';

export const AlertKindEnum = enumType('AlertKind', 'What an alert is about.', ALERT_KIND_DOCS);

export const AlertSeverityEnum = enumType<AlertSeverity>('AlertSeverity', 'How much an alert matters.', {
  INFO: 'Worth knowing.',
  WARNING: 'Worth a look before it becomes worse.',
  CRITICAL: 'Something is refused, or about to be.',
});
