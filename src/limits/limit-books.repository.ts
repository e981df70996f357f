import type { EntityManager } from 'typeorm';
import { type LimitScope } from '../domain/limits/scope';
import { teamOfMember, userOfMember } from '../domain/limits/team-member-scope';
import type { Window } from '../domain/limits/window-spec';
import type { LimitEntity } from './limit.entity';

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
 * away those that a process whose clock is ahead has made too early. To be called after the limit was changed: windows
 * are made under a share lock on it, so that those on their way are then there, and no more can come.
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
 * Makes the window of a new or changed limit: what the log already holds in it is spent, and open reservations on the
 * scope get a line in it, so that they count now and are settled into it later.
 */
export async function backfillWindow(
  manager: EntityManager,
  limit: LimitEntity,
  window: Window,
): Promise<void> {
  const startsAt = new Date(window.startsAtMs);
  const endsAt = window.endsAtMs === null ? null : new Date(window.endsAtMs);
  const scope = scopeCondition(limit.scope, 5);
  const parameters = [
    limit.unit,
    startsAt,
    endsAt,
    limit.models,
    ...scopeParameters(limit.scope, limit.scopeId),
  ];
  const inWindow = `admitted_at >= $2 AND ($3::timestamptz IS NULL OR admitted_at < $3)
    AND model_matches(model_names, $4) AND ${scope}`;
  const [spent]: { amount: string }[] = await manager.query(
    `SELECT coalesce(sum(ledger_unit_amount($1, cost, input_tokens, output_tokens, requests)), 0)::text AS amount
       FROM spend_logs WHERE ${inWindow}`,
    parameters,
  );
  const [row]: { id: string }[] = await manager.query(
    `INSERT INTO limit_windows AS w (limit_id, unit, starts_at, ends_at, spent) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (limit_id, starts_at) DO UPDATE SET ends_at = excluded.ends_at, spent = excluded.spent
     RETURNING id::text`,
    [limit.id, limit.unit, startsAt, endsAt, spent?.amount ?? '0'],
  );
  const windowId = row?.id ?? '0';
  await manager.query(
    `UPDATE reservations
        SET window_ids = window_ids || $${parameters.length + 1}::bigint, held = held || ${HELD}
      WHERE (state = 'RESERVED' OR (state = 'EXPIRED' AND adjusted_at IS NULL))
        AND NOT ($${parameters.length + 1}::bigint = ANY (window_ids)) AND ${inWindow}`,
    [...parameters, windowId],
  );
  await manager.query(
    `UPDATE limit_windows SET reserved = (
        SELECT coalesce(sum(x.held), 0) FROM reservations r
         CROSS JOIN LATERAL unnest(r.window_ids, r.held) AS x(window_id, held)
         WHERE r.state = 'RESERVED' AND x.window_id = $1)
      WHERE id = $1`,
    [windowId],
  );
}

/** What an open reservation holds in each unit. */
const HELD = `CASE $1
  WHEN 'USD' THEN hold
  WHEN 'TOKENS' THEN (hold_input_tokens + hold_output_tokens)::numeric
  WHEN 'INPUT_TOKENS' THEN hold_input_tokens::numeric
  WHEN 'OUTPUT_TOKENS' THEN hold_output_tokens::numeric
  ELSE 1 END`;

const SCOPE_COLUMNS: Partial<Record<LimitScope, string>> = {
  ORGANIZATION: 'organization_id',
  TEAM: 'team_id',
  PROJECT: 'project_id',
  USER: 'user_id',
  KEY: 'key_id',
  CUSTOMER: 'customer_id',
  PROVIDER: 'provider',
  DEPLOYMENT: 'deployment_id',
};

/** The rows of a scope, as a condition on the attribution columns, with parameters from number `first`. */
function scopeCondition(scope: LimitScope, first: number): string {
  if (scope === 'SERVER') return 'TRUE';
  if (scope === 'TAG') return `$${first} = ANY (tags)`;
  if (scope === 'MODEL') return `$${first} = ANY (model_names)`;
  if (scope === 'TEAM_MEMBER') return `(team_id = $${first} AND user_id = $${first + 1})`;
  const column = SCOPE_COLUMNS[scope];
  if (column === undefined) throw new Error(`Limits on ${scope} are not booked`);
  return `${column} = $${first}`;
}

function scopeParameters(scope: LimitScope, scopeId: string): string[] {
  if (scope === 'SERVER') return [];
  if (scope !== 'TEAM_MEMBER') return [scopeId];
  return [teamOfMember(scopeId), userOfMember(scopeId)];
}
