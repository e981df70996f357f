import { AMOUNT_KINDS, readKindSettings, type KindSettings } from './alert-rule-settings';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';
import type { Digest, RuleScope } from '../domain/alerts/rule';
import { formatPercentThreshold, parsePercentThreshold } from '../domain/limits/thresholds';
import { isTimezoneName } from '../domain/limits/timezone';
import type { LimitUnit } from '../domain/limits/scope';
import { formatMoney, parseMoney } from '../domain/money/decimal-text';
import { err, ok, type Result } from '../domain/result';
import { nameIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { AlertRuleEntity } from './alert-rule.entity';

/** What can be said of a rule; what is left out stays as it is, and null clears. */
export interface AlertRuleTerms extends KindSettings {
  readonly name?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly mutedUntil?: Date | null | undefined;
  readonly severity?: AlertSeverity | null | undefined;
  /** Percentages as decimal text. */
  readonly thresholds?: readonly string[] | null | undefined;
  /** Amounts of `unit` as decimal text. */
  readonly amounts?: readonly string[] | null | undefined;
  readonly unit?: LimitUnit | null | undefined;
  readonly cooldownMinutes?: number | null | undefined;
  /** Local time of day, such as "22:00". */
  readonly quietFrom?: string | null | undefined;
  readonly quietUntil?: string | null | undefined;
  readonly timezone?: string | null | undefined;
  readonly digest?: Digest | null | undefined;
  readonly channelIds?: readonly string[] | null | undefined;
}

export interface CreateAlertRule extends AlertRuleTerms {
  readonly kind: AlertKind;
  readonly scope: RuleScope;
  /** Left out for SERVER. */
  readonly scopeId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateAlertRule extends AlertRuleTerms {
  readonly alertRuleId: string;
}

type Columns = Partial<AlertRuleEntity>;
type Read = Result<Columns, UserIssue[]>;

const MAX_THRESHOLDS = 20;
const MAX_COOLDOWN_MINUTES = 31 * 24 * 60;
const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** The columns that the terms change. */
export function readRuleTerms(kind: AlertKind, terms: AlertRuleTerms, before: Columns): Read {
  const issues = nameIssues('name', terms.name);
  if (issues.length > 0) return err(issues);
  const columns: Columns = {};
  if (terms.name != null) columns.name = terms.name.trim();
  if (terms.enabled != null) columns.enabled = terms.enabled;
  if (terms.mutedUntil !== undefined) columns.mutedUntil = terms.mutedUntil;
  if (terms.severity !== undefined) columns.severity = terms.severity;
  if (terms.digest != null) columns.digest = terms.digest;
  if (terms.channelIds !== undefined) columns.channelIds = terms.channelIds && [...terms.channelIds];
  const parts = [
    readThresholds(kind, terms, before),
    readTimes(terms, before),
    readCooldown(terms),
    readKindSettings(kind, terms, before.settings ?? {}),
  ];
  for (const part of parts) {
    if (!part.ok) return part;
    Object.assign(columns, part.value);
  }
  return ok(columns);
}

function readThresholds(kind: AlertKind, terms: AlertRuleTerms, before: Columns): Read {
  const { thresholds, amounts, unit } = terms;
  if (!AMOUNT_KINDS.has(kind)) {
    if ([thresholds, amounts, unit].every((each) => each == null)) return ok({});
    const kinds = [...AMOUNT_KINDS].join(' and ');
    return issue(
      'INVALID',
      'thresholds',
      `Only rules of the kinds ${kinds} take thresholds, amounts and a unit.`,
    );
  }
  const percentages = readList('thresholds', thresholds, (text) => {
    const read = parsePercentThreshold(text);
    return read.ok ? ok(formatPercentThreshold(read.value) ?? text) : read;
  });
  if (!percentages.ok) return percentages;
  const sums = readList('amounts', amounts, (text) => {
    const read = parseMoney(text);
    if (!read.ok) return read;
    return read.value > 0n ? ok(formatMoney(read.value)) : err('An amount must be above zero');
  });
  if (!sums.ok) return sums;
  const columns: Columns = { ...percentages.value, ...sums.value, ...(unit === undefined ? {} : { unit }) };
  const all = { ...before, ...columns };
  if ((all.amounts ?? []).length > 0 && all.unit == null) {
    return issue('REQUIRED', 'unit', 'Name the unit of the amounts, such as USD.');
  }
  return ok(columns);
}

/** A list of which every entry can be read; nothing when it was left out. */
function readList(
  field: 'thresholds' | 'amounts',
  list: readonly string[] | null | undefined,
  read: (text: string) => Result<string, string>,
): Read {
  if (list === undefined) return ok({});
  if (list === null) return ok({ [field]: null });
  if (list.length > MAX_THRESHOLDS) return issue('INVALID', field, `Give ${MAX_THRESHOLDS} at most.`);
  const texts: string[] = [];
  for (const [index, text] of list.entries()) {
    const entry = read(text);
    if (!entry.ok) return issue('INVALID', [field, String(index)], `${entry.error}.`);
    texts.push(entry.value);
  }
  return ok({ [field]: texts });
}

function readTimes(terms: AlertRuleTerms, before: Columns): Read {
  const columns: Columns = {};
  if (terms.timezone != null) {
    if (!isTimezoneName(terms.timezone)) {
      return issue('INVALID', 'timezone', `"${terms.timezone}" is no time zone, such as Europe/Berlin.`);
    }
    columns.timezone = terms.timezone;
  }
  const quiet = { quietFrom: 'quietFromMinutes', quietUntil: 'quietUntilMinutes' } as const;
  for (const [field, column] of Object.entries(quiet)) {
    const text = terms[field as keyof typeof quiet];
    if (text === undefined) continue;
    const minutes = text === null ? null : minutesOf(text);
    if (minutes === undefined) {
      return issue('INVALID', field, `"${String(text)}" is no time of day, such as 22:00.`);
    }
    columns[column] = minutes;
  }
  const all = { ...before, ...columns };
  if (((all.quietFromMinutes ?? null) === null) !== ((all.quietUntilMinutes ?? null) === null)) {
    return issue('REQUIRED', 'quietUntil', 'Quiet hours need both ends: quietFrom and quietUntil.');
  }
  return ok(columns);
}

function readCooldown({ cooldownMinutes }: AlertRuleTerms): Read {
  if (cooldownMinutes == null) return ok({});
  if (cooldownMinutes < 0 || cooldownMinutes > MAX_COOLDOWN_MINUTES) {
    return issue('INVALID', 'cooldownMinutes', `Give minutes from 0 to ${MAX_COOLDOWN_MINUTES}.`);
  }
  return ok({ cooldownMinutes });
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = TIME_OF_DAY.exec(text.trim()) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
