import { IsNull, type EntityManager } from 'typeorm';
import { isSameWindowSpec, type WindowSpec } from '../domain/limits/window-spec';
import type { SetLimit } from './limit-input';
import { LimitEntity, windowSpecOf } from './limit.entity';

/** The limit that a caller who sets one means. A duration says how long a window is, not when it began. */
export async function findTwin(
  manager: EntityManager,
  input: SetLimit & { scopeId: string },
  spec: WindowSpec,
  models: readonly string[],
): Promise<LimitEntity | null> {
  return findAlike(manager, { ...input, id: null }, spec, models, input.duration != null);
}

/** Another limit of the scope with the same unit, window and models. */
export async function findAlike(
  manager: EntityManager,
  limit: Pick<LimitEntity, 'scope' | 'scopeId' | 'unit'> & { readonly id: string | null },
  spec: WindowSpec,
  models: readonly string[],
  anyAnchor = false,
): Promise<LimitEntity | null> {
  const { scope, scopeId, unit } = limit;
  const live = await manager.findBy(LimitEntity, { scope, scopeId, unit, deletedAt: IsNull() });
  const cut = (each: WindowSpec): WindowSpec => (anyAnchor ? { ...each, anchorMs: null } : each);
  const isAlike = (other: LimitEntity): boolean =>
    other.id !== limit.id &&
    isSameWindowSpec(cut(windowSpecOf(other)), cut(spec)) &&
    JSON.stringify([...other.models].sort()) === JSON.stringify([...models].sort());
  return live.find(isAlike) ?? null;
}

/** The columns that a window is kept in. */
export function specColumns(
  spec: WindowSpec,
): Pick<
  LimitEntity,
  | 'period'
  | 'periodCount'
  | 'alignment'
  | 'anchorAt'
  | 'timezone'
  | 'startOfDayMinutes'
  | 'firstDayOfWeek'
  | 'fiscalStartMonth'
> {
  return {
    period: spec.period,
    periodCount: spec.count,
    alignment: spec.alignment,
    anchorAt: spec.anchorMs === null ? null : new Date(spec.anchorMs),
    timezone: spec.timezone,
    startOfDayMinutes: spec.startOfDayMinutes,
    firstDayOfWeek: spec.firstDayOfWeek,
    fiscalStartMonth: spec.fiscalStartMonth,
  };
}
