import { parsePercentThreshold } from '../domain/limits/thresholds';
import { windowFromDuration, type DurationContext } from '../domain/limits/duration-window';
import {
  validateWindowSpec,
  windowSpec,
  type WindowPeriod,
  type WindowSpec,
} from '../domain/limits/window-spec';
import { changedPolicy, type LimitPolicy, type PolicyTerms } from '../domain/limits/limit-policy';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { Enforcement, LimitScope, LimitUnit } from '../domain/limits/scope';
import { formatMoney, parseMoney } from '../domain/money/decimal-text';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';

/** A window as callers write it: what is left out has the default of `windowSpec`. */
export interface WindowInput {
  readonly period: WindowPeriod;
  readonly count?: number | null | undefined;
  readonly alignment?: 'CALENDAR' | 'ROLLING' | null | undefined;
  readonly anchorAt?: Date | null | undefined;
  readonly timezone?: string | null | undefined;
  readonly startOfDayMinutes?: number | null | undefined;
  readonly firstDayOfWeek?: number | null | undefined;
  readonly fiscalStartMonth?: number | null | undefined;
}

export interface LimitTerms extends PolicyTerms {
  /** Decimal text: dollars for USD, a whole number for every other unit. */
  readonly amount?: string | null | undefined;
  readonly softAmount?: string | null | undefined;
  /** Either a LiteLLM duration such as "30d" or "monthly", or a window; TOTAL when neither is given. */
  readonly duration?: string | null | undefined;
  readonly window?: WindowInput | null | undefined;
  readonly enforcement?: Enforcement | null | undefined;
  readonly onStoreFailure?: StoreFailurePolicy | null | undefined;
  /** Percentages as decimal text, such as "80". */
  readonly alertThresholds?: readonly string[] | null | undefined;
}

export interface SetLimit extends LimitTerms {
  readonly scope: LimitScope;
  /** Left out for SERVER. */
  readonly scopeId?: string | null | undefined;
  /** With TEAM_MEMBER: the user, when `scopeId` is the team alone. */
  readonly memberId?: string | null | undefined;
  /** With CUSTOMER: the organization whose customer it is; the default one when left out. */
  readonly organizationId?: string | null | undefined;
  readonly unit: LimitUnit;
  readonly amount: string;
  readonly models?: readonly string[] | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateLimit extends LimitTerms {
  readonly limitId: string;
}

/** The terms as the ledger keeps them; undefined where nothing was said. */
export interface ParsedTerms {
  readonly amount: bigint | undefined;
  readonly softAmount: bigint | null | undefined;
  readonly spec: WindowSpec | undefined;
  readonly alertThresholds: string[] | undefined;
  readonly onStoreFailure: StoreFailurePolicy | undefined;
  readonly policy: PolicyTerms;
}

export function parseTerms(
  terms: LimitTerms,
  unit: LimitUnit,
  context: DurationContext,
): Result<ParsedTerms, UserIssue[]> {
  const amount = terms.amount == null ? ok(undefined) : parseAmount('amount', terms.amount, unit);
  if (!amount.ok) return amount;
  const soft =
    terms.softAmount == null ? ok(terms.softAmount) : parseAmount('softAmount', terms.softAmount, unit);
  if (!soft.ok) return soft;
  const spec = parseWindow(terms, unit, context);
  if (!spec.ok) return spec;
  const thresholds = parseThresholds(terms.alertThresholds);
  if (!thresholds.ok) return thresholds;
  return ok({
    amount: amount.value,
    softAmount: soft.value,
    spec: spec.value,
    alertThresholds: thresholds.value,
    onStoreFailure: terms.onStoreFailure ?? undefined,
    policy: policyTerms(terms),
  });
}

/** The policy with the new terms, or what is wrong with them. */
export function mergePolicy(policy: LimitPolicy, terms: PolicyTerms): Result<LimitPolicy, UserIssue[]> {
  const changed = changedPolicy(policy, terms);
  if (changed.ok) return changed;
  const { field, message } = changed.error;
  return issue('INVALID', field, `${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}

function policyTerms(terms: PolicyTerms): PolicyTerms {
  const { mode, onExhaustion, fallbackModel, throttleMaxWaitMs, unboundedInput, unboundedInputTokens } =
    terms;
  return { mode, onExhaustion, fallbackModel, throttleMaxWaitMs, unboundedInput, unboundedInputTokens };
}

/**
 * Refuses a soft amount above the amount: calls would be refused before anybody was warned. `field` names what the caller
 * gave; when that is the amount alone, it is lowered below the soft amount that is there.
 */
export function softAmountIssue(
  amount: bigint,
  softAmount: bigint | null,
  field: 'amount' | 'softAmount',
): Result<null, UserIssue[]> {
  if (softAmount === null || softAmount <= amount) return ok(null);
  const [soft, hard] = [formatMoney(softAmount), formatMoney(amount)];
  return issue(
    'INVALID',
    field,
    field === 'softAmount'
      ? `The softAmount ${soft} is above the amount ${hard}, where calls are refused already. Give one of at most ${hard}, or none.`
      : `The amount ${hard} is below the softAmount ${soft} of the limit. Lower or clear softAmount too.`,
  );
}

export function parseAmount(field: string, text: string, unit: LimitUnit): Result<bigint, UserIssue[]> {
  const parsed = parseMoney(text);
  if (!parsed.ok) return issue('INVALID', field, `${parsed.error}.`);
  if (parsed.value < 0n) return issue('INVALID', field, `The ${field} cannot be negative; it is ${text}.`);
  if (unit !== 'USD' && parsed.value % 1_000_000_000_000n !== 0n)
    return issue(
      'INVALID',
      field,
      `The ${field} of a limit in ${unit} must be a whole number; it is ${text}.`,
    );
  return ok(parsed.value);
}

function parseWindow(
  terms: LimitTerms,
  unit: LimitUnit,
  context: DurationContext,
): Result<WindowSpec | undefined, UserIssue[]> {
  if (terms.duration != null && terms.window != null)
    return issue('INVALID', 'duration', 'Give either "duration" or "window", not both.');
  if (unit === 'CONCURRENT' && (terms.duration != null || terms.window != null))
    return issue('INVALID', 'window', 'A limit on concurrent calls has no window; leave it out.');
  if (terms.duration != null) {
    const parsed = windowFromDuration(terms.duration, context);
    return parsed.ok ? ok(parsed.value) : issue('INVALID', 'duration', `${parsed.error}.`);
  }
  if (terms.window == null) return ok(undefined);
  const { anchorAt, ...given } = terms.window;
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
  const anchor = anchorAt == null ? {} : { anchorMs: anchorAt.getTime() };
  const spec = validateWindowSpec(
    windowSpec({ timezone: context.timezone, ...defined, ...anchor, period: given.period }),
  );
  if (spec.ok) return ok(spec.value);
  const field = spec.error.field === 'anchorMs' ? 'anchorAt' : spec.error.field;
  return issue('INVALID', ['window', field], `${spec.error.message}.`);
}

function parseThresholds(
  texts: readonly string[] | null | undefined,
): Result<string[] | undefined, UserIssue[]> {
  if (texts == null) return ok(undefined);
  for (const text of texts) {
    const parsed = parsePercentThreshold(text);
    if (!parsed.ok) return issue('INVALID', 'alertThresholds', `${parsed.error}.`);
  }
  return ok([...texts]);
}
