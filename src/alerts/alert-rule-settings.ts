import type { AlertKind } from '../domain/alerts/kinds';
import type { ReportPeriod, RuleSettings } from '../domain/alerts/rule';
import { parseMoney } from '../domain/money/decimal-text';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { AlertRuleEntity } from './alert-rule.entity';

/** What single kinds of rules are told; null gives a setting its default again. */
export interface KindSettings {
  readonly daysBefore?: number | null | undefined;
  readonly failurePercent?: number | null | undefined;
  readonly minimumCalls?: number | null | undefined;
  readonly baselineDays?: number | null | undefined;
  readonly deviations?: number | null | undefined;
  readonly minimumUsd?: string | null | undefined;
  readonly period?: ReportPeriod | null | undefined;
}

/** Kinds that are about amounts of limits. */
export const AMOUNT_KINDS: ReadonlySet<AlertKind> = new Set(['THRESHOLD', 'PROJECTED_EXCEED', 'SOFT_LIMIT']);

/** Which kind takes which setting, and from what to what. */
const SETTINGS: Readonly<Record<keyof KindSettings, { kind: AlertKind; from: number; to: number }>> = {
  daysBefore: { kind: 'KEY_EXPIRING', from: 1, to: 365 },
  failurePercent: { kind: 'PROVIDER_FAILING', from: 1, to: 100 },
  minimumCalls: { kind: 'PROVIDER_FAILING', from: 1, to: 1_000_000 },
  baselineDays: { kind: 'SPEND_ANOMALY', from: 3, to: 90 },
  deviations: { kind: 'SPEND_ANOMALY', from: 1, to: 20 },
  minimumUsd: { kind: 'SPEND_ANOMALY', from: 0, to: 0 },
  period: { kind: 'SPEND_REPORT', from: 0, to: 0 },
};

export function readKindSettings(
  kind: AlertKind,
  given: KindSettings,
  before: RuleSettings,
): Result<Partial<AlertRuleEntity>, UserIssue[]> {
  const settings = new Map<string, unknown>(Object.entries(before));
  let changed = false;
  for (const [name, rule] of Object.entries(SETTINGS)) {
    const value = given[name as keyof KindSettings];
    if (value === undefined || (value === null && rule.kind !== kind)) continue;
    if (rule.kind !== kind) return issue('INVALID', name, `Only rules of the kind ${rule.kind} have it.`);
    if (typeof value === 'number' && (value < rule.from || value > rule.to))
      return issue('INVALID', name, `Give a number from ${rule.from} to ${rule.to}.`);
    changed = true;
    if (value === null) settings.delete(name);
    else settings.set(name, value);
  }
  if (given.minimumUsd != null) {
    const read = parseMoney(given.minimumUsd);
    if (!read.ok || read.value < 0n)
      return issue('INVALID', 'minimumUsd', 'Give an amount of USD, such as "10".');
  }
  return ok(changed ? { settings: Object.fromEntries(settings) } : {});
}
