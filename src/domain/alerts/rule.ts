import { ALERT_KINDS, type AlertKind } from './kinds';

/** Where a rule holds, from the nearest to the widest: the rules of the nearest place that has any of a kind count. */
export const RULE_SCOPES = ['LIMIT', 'KEY', 'PROJECT', 'TEAM', 'ORGANIZATION', 'SERVER'] as const;
export type RuleScope = (typeof RULE_SCOPES)[number];

const OF_LIMITS = ['THRESHOLD', 'SOFT_LIMIT', 'PROJECTED_EXCEED'] as const;
const OF_KEYS = [...OF_LIMITS, 'KEY_EXPIRING', 'SPEND_REPORT'] as const;
const OF_TEAMS = [...OF_KEYS, 'SPEND_ANOMALY'] as const;

/** What can be watched in each place. Elsewhere a rule of that kind would never raise anything. */
export const KINDS_OF_SCOPE: Readonly<Record<RuleScope, readonly AlertKind[]>> = {
  LIMIT: OF_LIMITS,
  KEY: OF_KEYS,
  PROJECT: OF_KEYS,
  TEAM: OF_TEAMS,
  ORGANIZATION: [...OF_TEAMS, 'UNPRICED_MODEL', 'NEW_MODEL'],
  SERVER: ALERT_KINDS,
};

/** How alerts of a rule are gathered into one message. */
export const DIGESTS = ['NONE', 'HOURLY', 'DAILY'] as const;
export type Digest = (typeof DIGESTS)[number];

/** How often a report is sent. */
export const REPORT_PERIODS = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
export type ReportPeriod = (typeof REPORT_PERIODS)[number];

/** What the kinds of rules are told beside thresholds. What is left out has the default of its kind. */
export interface RuleSettings {
  /** KEY_EXPIRING: days before the end. */
  readonly daysBefore?: number;
  /** PROVIDER_FAILING: share of calls in percent, and from how many calls. */
  readonly failurePercent?: number;
  readonly minimumCalls?: number;
  /** SPEND_ANOMALY: days to compare with, and how many standard deviations above their mean. */
  readonly baselineDays?: number;
  readonly deviations?: number;
  /** SPEND_ANOMALY: amount of USD below which nothing is unusual, as decimal text. */
  readonly minimumUsd?: string;
  /** SPEND_REPORT: how often. */
  readonly period?: ReportPeriod;
}

export const RULE_DEFAULTS = {
  daysBefore: 7,
  failurePercent: 50,
  minimumCalls: 20,
  baselineDays: 14,
  deviations: 3,
  minimumUsd: '10',
  period: 'WEEKLY',
} as const satisfies Required<RuleSettings>;

/** The settings with what was left out. */
export function completeSettings(settings: RuleSettings): Required<RuleSettings> {
  return { ...RULE_DEFAULTS, ...settings };
}

export interface RulePlace {
  readonly scope: RuleScope;
  readonly scopeId: string;
}

/** Those of the rules that hold for something, given the places that it is in, from the nearest to the widest. */
export function nearestRules<T extends RulePlace & { readonly isActive: boolean }>(
  rules: readonly T[],
  places: readonly RulePlace[],
): T[] {
  for (const place of places) {
    const here = rules.filter(({ scope, scopeId }) => scope === place.scope && scopeId === place.scopeId);
    if (here.length > 0) return here.filter(({ isActive }) => isActive);
  }
  return [];
}
