import { formatDuration, windowFromDuration } from '../domain/limits/duration-window';
import type { LimitUnit } from '../domain/limits/scope';
import type { WindowPeriod } from '../domain/limits/window-spec';
import type { Money } from '../domain/money/money';
import { windowSpecOf, type LimitEntity } from '../limits/limit.entity';

/** What LiteLLM knows a budget's window by; null for a budget that never starts afresh or has no name there. */
export function durationOf(limit: LimitEntity): string | null {
  // LiteLLM sets the time of day for the whole server and writes the same duration whichever it is.
  return formatDuration({ ...windowSpecOf(limit), startOfDayMinutes: 0 });
}

/** The one spelling of a duration: "monthly", "1mo" and "30d" are the same window. */
export function canonicalDuration(text: string): string {
  const spec = windowFromDuration(text, { timezone: 'UTC', nowMs: 0 });
  return spec.ok ? (formatDuration(spec.value) ?? text) : text;
}

/** Whether the limit holds over every model, in that unit and window. */
export function isWhole(limit: LimitEntity, unit: LimitUnit, period: WindowPeriod): boolean {
  return limit.models.length === 0 && isIn(limit, unit, period);
}

/** Whether the limit holds over some models only, in that unit and window. */
export function isOfModels(limit: LimitEntity, unit: LimitUnit, period: WindowPeriod): boolean {
  return limit.models.length > 0 && isIn(limit, unit, period);
}

export function isIn(limit: LimitEntity, unit: LimitUnit, period: WindowPeriod): boolean {
  return limit.unit === unit && limit.period === period && limit.periodCount === 1;
}

/** The budgets over every model, the oldest first: that one is LiteLLM's `max_budget`. */
export function budgetsOf(limits: readonly LimitEntity[]): LimitEntity[] {
  return limits.filter((limit) => limit.unit === 'USD' && limit.models.length === 0).sort(olderFirst);
}

function olderFirst(a: LimitEntity, b: LimitEntity): number {
  const apartMs = a.createdAt.getTime() - b.createdAt.getTime();
  if (apartMs !== 0) return apartMs;
  return a.id < b.id ? -1 : 1;
}

/** `max_budget` and `soft_budget`. A limit that only warns is a soft budget without a hard one. */
export function mainAmounts({ amount, softAmount, enforcement }: LimitEntity): {
  readonly max: Money | null;
  readonly soft: Money | null;
} {
  const isSoft = softAmount === null || softAmount === amount;
  if (enforcement === 'ADVISORY' && isSoft) return { max: null, soft: amount };
  return { max: amount, soft: softAmount };
}

/**
 * The models that LiteLLM means by a name: with and without a provider in front, so that the longer spelling of a model
 * is no way around its budget.
 */
export function spellingsOf(model: string): string[] {
  return model.includes('/') || model.includes('*') ? [model] : [model, `*/${model}`];
}

/** The name under which a limit on models is shown: one model, or the models of a group. */
export function nameOfModels(models: readonly string[]): string {
  const longer = new Set(models.map((model) => `*/${model}`));
  return models.filter((model) => !longer.has(model)).join(',');
}

export function sameModels(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && [...left].sort().join('\n') === [...right].sort().join('\n');
}
