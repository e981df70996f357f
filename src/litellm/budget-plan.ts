import type { Enforcement, LimitUnit } from '../domain/limits/scope';
import type { WindowPeriod } from '../domain/limits/window-spec';
import { formatMoney } from '../domain/money/decimal-text';
import type { Money } from '../domain/money/money';
import type { LimitTerms, SetLimit, UpdateLimit } from '../limits/limit-input';
import type { LimitEntity } from '../limits/limit.entity';
import type { BudgetInput } from './budget.schema';
import type { MemberNames } from './failure';
import { mailThresholds, THRESHOLDS_BY_DEFAULT } from './mail-thresholds';
import {
  budgetsOf,
  canonicalDuration,
  durationOf,
  isIn,
  isOfModels,
  isWhole,
  mainAmounts,
  sameModels,
  spellingsOf,
} from './limit-shape';

/** One step towards the limits that a caller asked for. `members` names what a refusal is about. */
export type LimitStep =
  | {
      readonly kind: 'SET';
      readonly limit: Omit<SetLimit, 'scope' | 'scopeId'>;
      readonly members: MemberNames;
    }
  | {
      readonly kind: 'UPDATE';
      readonly limit: UpdateLimit;
      readonly unit: LimitUnit;
      readonly members: MemberNames;
    }
  | { readonly kind: 'REMOVE'; readonly limitId: string };

export interface BudgetPlan {
  readonly steps: readonly LimitStep[];
  /** The template to share the terms of; null takes it away, undefined leaves it. */
  readonly template: string | null | undefined;
  /** Members that were given and have nothing to act on. */
  readonly ignored: readonly string[];
}

type Metadata = Readonly<Record<string, unknown>> | null | undefined;

/**
 * The steps from the limits that are there to those that LiteLLM's members ask for. A member that is absent changes
 * nothing; null takes its limit away.
 */
export function planBudget(
  input: BudgetInput,
  current: readonly LimitEntity[],
  metadata?: Metadata,
): BudgetPlan {
  const main = mainBudget(input, current, metadata);
  return {
    steps: [
      ...main.steps,
      ...windows(input, current),
      ...counter('tpm_limit', input.tpm_limit, current, 'TOKENS', 'MINUTE'),
      ...counter('rpm_limit', input.rpm_limit, current, 'REQUESTS', 'MINUTE'),
      ...counter('tpd_limit', input.tpd_limit, current, 'TOKENS', 'DAY'),
      ...counter('max_parallel_requests', input.max_parallel_requests, current, 'CONCURRENT', 'TOTAL'),
      ...modelBudgets(input.model_max_budget, current),
      ...modelCounters('model_rpm_limit', input.model_rpm_limit, current, 'REQUESTS'),
      ...modelCounters('model_tpm_limit', input.model_tpm_limit, current, 'TOKENS'),
    ],
    template: input.budget_id,
    ignored: main.ignored,
  };
}

const MAIN_NAMES = ['max_budget', 'soft_budget', 'budget_duration'] as const;
const NO_BUDGET = { max: null, soft: null };

/** `max_budget`, `soft_budget` and `budget_duration` are one limit. A soft budget alone is a limit that only warns. */
function mainBudget(
  input: BudgetInput,
  current: readonly LimitEntity[],
  metadata: Metadata,
): Pick<BudgetPlan, 'steps' | 'ignored'> {
  const [existing] = budgetsOf(current);
  if (MAIN_NAMES.every((name) => input[name] === undefined)) {
    return { steps: existing ? thresholdStep(existing, metadata) : [], ignored: [] };
  }
  const shown = existing === undefined ? NO_BUDGET : mainAmounts(existing);
  const max = input.max_budget === undefined ? textOf(shown.max) : input.max_budget;
  const soft = input.soft_budget === undefined ? textOf(shown.soft) : input.soft_budget;
  const amount = max ?? soft;
  if (amount === null) {
    const steps: LimitStep[] = existing ? [{ kind: 'REMOVE', limitId: existing.id }] : [];
    return { steps, ignored: input.budget_duration == null ? [] : ['budget_duration'] };
  }
  const members = {
    amount: max === null ? 'soft_budget' : 'max_budget',
    softAmount: 'soft_budget',
    duration: 'budget_duration',
  };
  const terms = {
    amount,
    softAmount: soft,
    enforcement: enforcementFor(max, existing),
    alertThresholds: max === null ? [] : thresholdsFor(existing, metadata),
    ...mainWindow(input.budget_duration, existing),
  };
  const step: LimitStep = existing
    ? { kind: 'UPDATE', limit: { limitId: existing.id, ...terms }, unit: 'USD', members }
    : { kind: 'SET', limit: { unit: 'USD', ...terms }, members };
  return { steps: [step], ignored: [] };
}

/** Where a hard budget raises alerts; undefined leaves it as it is. One that was soft alone is as a new one. */
function thresholdsFor(existing: LimitEntity | undefined, metadata: Metadata): readonly string[] | undefined {
  const hardens = existing !== undefined && mainAmounts(existing).max === null;
  const present = hardens ? THRESHOLDS_BY_DEFAULT : existing?.alertThresholds;
  return mailThresholds(metadata, present) ?? (hardens ? present : undefined);
}

/** Metadata alone may name further percentages. A soft budget has none: it is told of once, when it is reached. */
function thresholdStep(existing: LimitEntity, metadata: Metadata): LimitStep[] {
  const isHard = mainAmounts(existing).max !== null;
  const alertThresholds = isHard ? thresholdsFor(existing, metadata) : undefined;
  if (alertThresholds === undefined) return [];
  const members = { alertThresholds: 'metadata' };
  return [{ kind: 'UPDATE', limit: { limitId: existing.id, alertThresholds }, unit: 'USD', members }];
}

/** What to change the enforcement to; undefined leaves it what it is, such as CLAMP. */
function enforcementFor(max: string | null, existing: LimitEntity | undefined): Enforcement | undefined {
  if (max === null) return 'ADVISORY';
  const hardens = existing !== undefined && mainAmounts(existing).max === null;
  return hardens ? 'HARD' : undefined;
}

function mainWindow(
  duration: string | null | undefined,
  existing: LimitEntity | undefined,
): Pick<LimitTerms, 'window' | 'duration'> {
  if (duration === null) return { window: { period: 'TOTAL' } };
  // The window that is there already: written anew, one that is counted from a day would start afresh today.
  const stays = duration !== undefined && existing && durationOf(existing) === canonicalDuration(duration);
  return stays ? {} : { duration };
}

/** The list replaces the windows that the same list shows: with one budget alone, that is none. */
function windows(input: BudgetInput, current: readonly LimitEntity[]): LimitStep[] {
  if (input.budget_limits === undefined) return [];
  const wanted = input.budget_limits ?? [];
  const existing = budgetsOf(current).filter((limit) => limit.period !== 'TOTAL');
  const members = { amount: 'budget_limits', duration: 'budget_limits' };
  const kept = new Set<string>();
  const steps = wanted.map((window): LimitStep => {
    const same = existing.find((limit) => durationOf(limit) === canonicalDuration(window.budget_duration));
    if (!same) {
      const limit = { unit: 'USD' as const, amount: window.max_budget, duration: window.budget_duration };
      return { kind: 'SET', limit, members };
    }
    kept.add(same.id);
    return { kind: 'UPDATE', limit: { limitId: same.id, amount: window.max_budget }, unit: 'USD', members };
  });
  const shown = budgetsOf(current).length > 1 ? existing : [];
  const gone = shown.filter((limit) => !kept.has(limit.id));
  return [...steps, ...gone.map((limit): LimitStep => ({ kind: 'REMOVE', limitId: limit.id }))];
}

function counter(
  member: string,
  amount: string | null | undefined,
  current: readonly LimitEntity[],
  unit: LimitUnit,
  period: WindowPeriod,
): LimitStep[] {
  if (amount === undefined) return [];
  const existing = current.filter((limit) => isWhole(limit, unit, period));
  if (amount === null) return existing.map((limit) => ({ kind: 'REMOVE', limitId: limit.id }));
  return [setOrUpdate(member, existing[0], { unit, amount, ...windowOf(period) })];
}

function modelBudgets(
  budgets: BudgetInput['model_max_budget'],
  current: readonly LimitEntity[],
): LimitStep[] {
  if (budgets === undefined) return [];
  const member = 'model_max_budget';
  const kept = new Set<string>();
  const steps = Object.entries(budgets ?? {}).flatMap(([name, budget]): LimitStep[] => {
    const models = (budget.models ?? [name]).flatMap(spellingsOf);
    const amount = budget.budget_limit ?? budget.max_budget;
    const duration = budget.time_period ?? budget.budget_duration;
    const found = (unit: LimitUnit, period: WindowPeriod) =>
      current.find((limit) => isIn(limit, unit, period) && sameModels(limit.models, models));
    const existing = current.find((limit) => isBudgetOf(limit, models, duration));
    if (existing && amount != null) kept.add(existing.id);
    const per = (unit: LimitUnit, count: string | null | undefined): LimitStep[] =>
      count == null
        ? []
        : [
            setOrUpdate(member, found(unit, 'MINUTE'), {
              unit,
              amount: count,
              models,
              ...windowOf('MINUTE'),
            }),
          ];
    const steps = [...per('REQUESTS', budget.rpm_limit), ...per('TOKENS', budget.tpm_limit)];
    if (amount == null) return steps;
    return [setOrUpdate(member, existing, { unit: 'USD', amount, models, duration }), ...steps];
  });
  const gone = current.filter(
    (limit) => limit.unit === 'USD' && limit.models.length > 0 && !kept.has(limit.id),
  );
  return [...steps, ...gone.map((limit): LimitStep => ({ kind: 'REMOVE', limitId: limit.id }))];
}

function isBudgetOf(
  limit: LimitEntity,
  models: readonly string[],
  duration: string | null | undefined,
): boolean {
  if (limit.unit !== 'USD' || !sameModels(limit.models, models)) return false;
  return duration == null ? limit.period === 'TOTAL' : durationOf(limit) === canonicalDuration(duration);
}

function modelCounters(
  member: string,
  counts: Readonly<Record<string, string>> | null | undefined,
  current: readonly LimitEntity[],
  unit: LimitUnit,
): LimitStep[] {
  if (counts === undefined) return [];
  const existing = current.filter((limit) => isOfModels(limit, unit, 'MINUTE'));
  const kept = new Set<string>();
  const steps = Object.entries(counts ?? {}).map(([name, amount]) => {
    const models = spellingsOf(name);
    const same = existing.find((limit) => sameModels(limit.models, models));
    if (same) kept.add(same.id);
    return setOrUpdate(member, same, { unit, amount, models, ...windowOf('MINUTE') });
  });
  const gone = existing.filter((limit) => !kept.has(limit.id));
  return [...steps, ...gone.map((limit): LimitStep => ({ kind: 'REMOVE', limitId: limit.id }))];
}

function setOrUpdate(
  member: string,
  existing: LimitEntity | undefined,
  limit: Omit<SetLimit, 'scope' | 'scopeId'>,
): LimitStep {
  const members = { amount: member, duration: member, models: member };
  if (!existing) return { kind: 'SET', limit, members };
  const { amount, unit } = limit;
  return { kind: 'UPDATE', limit: { limitId: existing.id, amount }, unit, members };
}

function textOf(money: Money | null): string | null {
  return money === null ? null : formatMoney(money);
}

function windowOf(period: WindowPeriod): Pick<LimitTerms, 'window'> {
  return period === 'TOTAL' ? {} : { window: { period } };
}
