import type {
  AlertDigest,
  AlertKind,
  AlertRulesQuery,
  AlertSeverity,
  ReportPeriod,
} from '../generated/operations';
import { localInstant, type FormField, type FormValues } from '../lib/form';
import { words } from '../lib/format';

export type Rule = AlertRulesQuery['alertRules']['nodes'][number];

const KINDS: AlertKind[] = [
  'THRESHOLD',
  'SOFT_LIMIT',
  'PROJECTED_EXCEED',
  'SPEND_ANOMALY',
  'UNPRICED_MODEL',
  'NEW_MODEL',
  'KEY_EXPIRING',
  'PROVIDER_FAILING',
  'SPEND_REPORT',
];
const SEVERITIES: AlertSeverity[] = ['INFO', 'WARNING', 'CRITICAL'];
const DIGESTS: AlertDigest[] = ['NONE', 'HOURLY', 'DAILY'];
const PERIODS: ReportPeriod[] = ['DAILY', 'WEEKLY', 'MONTHLY'];
const choice = (values: readonly string[]) => values.map((value) => ({ value, label: words(value) }));

/** Where a new rule holds: the narrowest that is picked. */
const PLACES = [
  ['keyId', 'KEY'],
  ['projectId', 'PROJECT'],
  ['teamId', 'TEAM'],
  ['organizationId', 'ORGANIZATION'],
] as const;

const MAKING: readonly FormField[] = [
  { name: 'kind', label: 'Watches for', kind: 'CHOICE', options: choice(KINDS), isRequired: true },
  {
    name: 'organizationId',
    label: 'Organization',
    kind: 'ORGANIZATION',
    description: 'Everywhere when no place is picked.',
  },
  { name: 'teamId', label: 'Team', kind: 'TEAM' },
  { name: 'projectId', label: 'Project', kind: 'PROJECT' },
  { name: 'keyId', label: 'Key', kind: 'KEY' },
];

const TERMS: readonly FormField[] = [
  { name: 'name', label: 'Name', kind: 'TEXT' },
  { name: 'severity', label: 'Severity', kind: 'CHOICE', options: choice(SEVERITIES) },
  {
    ...{ name: 'thresholds', label: 'At percentages of limits', kind: 'TAGS' },
    description: 'For thresholds; those of each limit when left empty.',
  },
  { name: 'minimumUsd', label: 'Unusual from USD a day', kind: 'TEXT', description: 'For unusual spend.' },
  { name: 'daysBefore', label: 'Days before', kind: 'COUNT', description: 'For keys that expire.' },
  { name: 'failurePercent', label: 'Percent failed', kind: 'COUNT', description: 'For failing providers.' },
  {
    ...{ name: 'period', label: 'Every', kind: 'CHOICE', options: choice(PERIODS) },
    description: 'For spend reports.',
  },
  { name: 'cooldownMinutes', label: 'Minutes until told again', kind: 'COUNT' },
  { name: 'digest', label: 'Gathered', kind: 'CHOICE', options: choice(DIGESTS) },
  { name: 'mutedUntil', label: 'Muted until', kind: 'INSTANT' },
  { name: 'quietFrom', label: 'Quiet from', kind: 'TEXT', placeholder: '22:00' },
  { name: 'quietUntil', label: 'Quiet until', kind: 'TEXT', placeholder: '07:00' },
  { name: 'timezone', label: 'Time zone', kind: 'TEXT', placeholder: 'UTC' },
];

export const NEW_RULE_FIELDS = [...MAKING, ...TERMS];
export const RULE_FIELDS = TERMS;

export function valuesOfRule(rule: Rule): FormValues {
  const text = (value: string | number | null | undefined) => (value == null ? '' : String(value));
  return {
    ...{ name: rule.name, severity: text(rule.severity), thresholds: rule.thresholds ?? '' },
    ...{ minimumUsd: text(rule.minimumUsd), daysBefore: text(rule.daysBefore) },
    ...{ failurePercent: text(rule.failurePercent), period: text(rule.period) },
    ...{ cooldownMinutes: text(rule.cooldownMinutes), digest: rule.digest },
    ...{ mutedUntil: localInstant(rule.mutedUntil), timezone: rule.timezone },
    ...{ quietFrom: text(rule.quietFrom), quietUntil: text(rule.quietUntil) },
  };
}

/** The input of a new rule: its place is a scope and an id. */
export function toRuleInput(input: Readonly<Record<string, unknown>>): object {
  const place = PLACES.find(([name]) => input[name] != null);
  const terms = Object.fromEntries(
    Object.entries(input).filter(([name]) => !PLACES.some(([each]) => each === name)),
  );
  const named = { name: words(String(input.kind)), ...terms };
  return place ? { ...named, scope: place[1], scopeId: input[place[0]] } : { ...named, scope: 'SERVER' };
}

/** What a rule goes by, in a few words. */
export function termsOf(rule: Rule): string {
  const terms = [
    ...(rule.thresholds ?? []).map((each) => `${each} %`),
    ...(rule.amounts ?? []).map((each) => `${each} ${rule.unit ?? ''}`),
    ...(rule.daysBefore == null ? [] : [`${rule.daysBefore} days before`]),
    ...(rule.failurePercent == null ? [] : [`${rule.failurePercent} % failed`]),
    ...(rule.period == null ? [] : [words(rule.period)]),
  ];
  return terms.join(', ') || (rule.kind === 'THRESHOLD' ? 'those of each limit' : '');
}
