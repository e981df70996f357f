import type { Digest, ReportPeriod, RuleScope } from '../domain/alerts/rule';
import { enumType } from '../platform/graphql/enum-type';

export const AlertRuleScopeEnum = enumType<RuleScope>('AlertRuleScope', 'Where a rule holds.', {
  LIMIT: 'For one limit.',
  KEY: 'For a virtual key and its limits.',
  PROJECT: 'For a project and its keys.',
  TEAM: 'For a team, its projects and its keys.',
  ORGANIZATION: 'For all of an organization.',
  SERVER: 'For everything that has no nearer rule of that kind.',
});

export const AlertDigestEnum = enumType<Digest>('AlertDigest', 'How alerts are gathered into one message.', {
  NONE: 'Each is told at once.',
  HOURLY: 'Those of an hour together, at the full hour.',
  DAILY: 'Those of a day together, at eight in the morning.',
});

export const ReportPeriodEnum = enumType<ReportPeriod>(
  'ReportPeriod',
  'How often a report of spend is made.',
  {
    DAILY: 'Every day, of the day before.',
    WEEKLY: 'Every Monday, of the week before.',
    MONTHLY: 'On the first of the month, of the month before.',
  },
);
