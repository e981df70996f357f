import type { EntityManager } from 'typeorm';
import type { ScopeRef } from '../domain/limits/scope';
import type { Window } from '../domain/limits/window-spec';
import { parseMoney } from '../domain/money/decimal-text';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { instantsOf } from '../limits/limit-books.repository';
import type { LimitEntity } from '../limits/limit.entity';
import { rowsOn } from '../limits/scope-rows.repository';

/** A limit and whose window of it is meant: both ids are empty for the limit's own. */
export interface CountedLimit {
  readonly limit: LimitEntity;
  readonly assignmentId: string;
  readonly holderId: string;
}

/** By which assignment an import gave the template to the thing; null when none did. */
export async function findAssignment(
  manager: EntityManager,
  templateId: string,
  { scope, scopeId }: ScopeRef,
): Promise<string | null> {
  const [row]: { id: string }[] = await manager.query(
    `SELECT id FROM template_assignments
      WHERE template_id = $1 AND holder_scope = $2 AND holder_id = $3 AND deleted_at IS NULL
        AND created_by = $4`,
    [templateId, scope, scopeId, IMPORTED_BY],
  );
  return row?.id ?? null;
}

export async function ledgerNow(manager: EntityManager): Promise<Date> {
  const [clock]: { now: Date }[] = await manager.query(`SELECT ledger_now() AS now`);
  if (!clock) throw new Error('ledger_now() gave no row');
  return clock.now;
}

/** What imported rows of the log add up to in a window of the limit, which holds that thing. */
export async function importedIn(
  manager: EntityManager,
  limit: LimitEntity,
  { scope, scopeId }: ScopeRef,
  window: Window,
): Promise<bigint> {
  const { startsAt, endsAt } = instantsOf(window);
  const rows = rowsOn(scope, scopeId, 5);
  const [sum]: { amount: string }[] = await manager.query(
    `SELECT coalesce(sum(cost), 0)::text AS amount FROM spend_logs
      WHERE actor = $1 AND admitted_at >= $2 AND ($3::timestamptz IS NULL OR admitted_at < $3)
        AND model_matches(model_names, $4) AND ${rows.sql}`,
    [IMPORTED_BY, startsAt, endsAt, limit.models, ...rows.parameters],
  );
  return moneyOf(sum?.amount);
}

/** The balances that imports have booked in a window, and their sum. */
export async function openingsIn(
  manager: EntityManager,
  { limit, assignmentId, holderId }: CountedLimit,
  window: Window,
): Promise<{ readonly rows: number; readonly amount: bigint }> {
  const { startsAt, endsAt } = instantsOf(window);
  const [sum]: { rows: number; amount: string }[] = await manager.query(
    `SELECT count(*)::int AS rows, coalesce(sum(amount), 0)::text AS amount FROM limit_adjustments
      WHERE limit_id = $1 AND assignment_id = $2 AND holder_id = $3 AND actor = $4
        AND booked_at >= $5 AND ($6::timestamptz IS NULL OR booked_at < $6)`,
    [limit.id, assignmentId, holderId, IMPORTED_BY, startsAt, endsAt],
  );
  return { rows: sum?.rows ?? 0, amount: moneyOf(sum?.amount) };
}

function moneyOf(text: string | undefined): bigint {
  const money = parseMoney(text ?? '0');
  if (!money.ok) throw new Error(`The database wrote an amount that is none: ${money.error}`);
  return money.value;
}
