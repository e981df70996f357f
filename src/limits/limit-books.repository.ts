import type { EntityManager } from 'typeorm';
import type { Window } from '../domain/limits/window-spec';
import type { LimitEntity } from './limit.entity';
import { rowsOn } from './scope-rows.repository';

/**
 * Takes the ledger alone until the end of the transaction: every batch before it is committed and visible, every batch
 * after it sees the new version. Returns the instant that divides the two and the version to write.
 */
export async function openLimitChange(manager: EntityManager): Promise<{ now: Date; version: string }> {
  await manager.query(`SELECT ledger_lock_exclusive()`);
  // The ledger's clock ticks in milliseconds; two of them set this instant apart from any earlier admission.
  await manager.query(`SELECT pg_sleep(0.002)`);
  const rows: { now: Date; version: string }[] = await manager
    .query(
      `UPDATE ledger_state SET limits_version = limits_version + 1
     RETURNING ledger_now() AS now, limits_version::text AS version`,
    )
    .then((result: [{ now: Date; version: string }[], number]) => result[0]);
  const [change] = rows;
  if (!change) throw new Error('ledger_state has no row');
  return change;
}

/**
 * Ends the windows that are open now, so that what they hold is exactly what was admitted before the change, and takes
 * away those that a process whose clock is ahead has made too early. Of a template's limit, the windows of every holder.
 * Whoever makes windows shares the ledger and knows the present version, so that none is on its way.
 */
export async function closeWindows(
  manager: EntityManager,
  limitId: string,
  now: Date,
  exceptStart?: Date,
): Promise<void> {
  await manager.query(
    `UPDATE limit_windows SET ends_at = $2
      WHERE limit_id = $1 AND starts_at < $2 AND (ends_at IS NULL OR ends_at > $2)
        AND ($3::timestamptz IS NULL OR starts_at <> $3)`,
    [limitId, now, exceptStart ?? null],
  );
  await manager.query(
    `DELETE FROM limit_windows
      WHERE limit_id = $1 AND starts_at >= $2 AND ($3::timestamptz IS NULL OR starts_at <> $3)`,
    [limitId, now, exceptStart ?? null],
  );
}

/**
 * Makes the window of a new or changed limit: what was booked in it already is spent, and open reservations on the
 * scope get a line in it, so that they count now and are settled into it later.
 */
export async function backfillWindow(
  manager: EntityManager,
  limit: LimitEntity,
  window: Window,
): Promise<void> {
  const { startsAt, endsAt } = instantsOf(window);
  const scope = rowsOn(limit.scope, limit.scopeId, 5);
  const inWindow = `admitted_at >= $2 AND ($3::timestamptz IS NULL OR admitted_at < $3)
    AND model_matches(model_names, $4) AND ${scope.sql}`;
  const parameters = [limit.unit, startsAt, endsAt, limit.models, ...scope.parameters];
  const [spent]: { amount: string }[] = await manager.query(
    `SELECT coalesce(sum(ledger_unit_amount($1, cost, input_tokens, output_tokens, requests::integer)), 0)::text AS amount
       FROM spend_entries WHERE ${inWindow}`,
    parameters,
  );
  const [row]: { id: string }[] = await manager.query(
    `INSERT INTO limit_windows AS w (limit_id, unit, starts_at, ends_at, spent)
     VALUES ($1, $2, $3, $4, $5 + ${adjustedIn('$1', `''`, `''`, '$3', '$4')})
     ON CONFLICT (limit_id, assignment_id, holder_id, starts_at)
     DO UPDATE SET ends_at = excluded.ends_at, spent = excluded.spent
     RETURNING id::text`,
    [limit.id, limit.unit, startsAt, endsAt, spent?.amount ?? '0'],
  );
  const windowId = row?.id ?? '0';
  const window$ = `$${parameters.length + 1}`;
  await manager.query(
    `UPDATE reservations
        SET window_ids = window_ids || ${window$}::bigint, held = held || ${HELD}
      WHERE ${IS_OPEN} AND NOT (${window$}::bigint = ANY (window_ids)) AND ${inWindow}`,
    [...parameters, windowId],
  );
  await sumUpReserved(manager, [windowId]);
}

/** What is reserved in these windows, from the lines of the reservations that are open. */
export async function sumUpReserved(manager: EntityManager, windowIds: readonly string[]): Promise<void> {
  await manager.query(
    `UPDATE limit_windows w SET reserved = coalesce(x.held, 0)
       FROM unnest($1::bigint[]) AS wanted(id) LEFT JOIN (
         SELECT h.window_id, sum(h.held) AS held FROM reservations r
          CROSS JOIN LATERAL unnest(r.window_ids, r.held) AS h(window_id, held)
          WHERE r.state = 'RESERVED' AND h.window_id = ANY ($1::bigint[]) GROUP BY h.window_id) x
         ON x.window_id = wanted.id
      WHERE w.id = wanted.id`,
    [windowIds],
  );
}

/** What credits and resets added up to between two instants; all are SQL. Like spend rows they stay with their time. */
export function adjustedIn(
  limit: string,
  assignment: string,
  holder: string,
  from: string,
  until: string,
): string {
  return `coalesce((SELECT sum(j.amount) FROM limit_adjustments j
    WHERE j.limit_id = ${limit} AND j.assignment_id = ${assignment} AND j.holder_id = ${holder}
      AND j.booked_at >= ${from} AND (${until}::timestamptz IS NULL OR j.booked_at < ${until})), 0)`;
}

export function instantsOf(window: Window): { readonly startsAt: Date; readonly endsAt: Date | null } {
  const endsAt = window.endsAtMs === null ? null : new Date(window.endsAtMs);
  return { startsAt: new Date(window.startsAtMs), endsAt };
}

/** Reservations whose cost is still to be booked: an expired one may have it corrected, once. */
export const IS_OPEN = `(state = 'RESERVED' OR (state = 'EXPIRED' AND adjusted_at IS NULL))`;

/** What an open reservation holds in the unit of the first parameter. */
export const HELD = `CASE $1
  WHEN 'USD' THEN hold
  WHEN 'TOKENS' THEN (hold_input_tokens + hold_output_tokens)::numeric
  WHEN 'INPUT_TOKENS' THEN hold_input_tokens::numeric
  WHEN 'OUTPUT_TOKENS' THEN hold_output_tokens::numeric
  ELSE 1 END`;
