import type { LimitUnit } from '../domain/limits/scope';
import type { Window } from '../domain/limits/window-spec';
import type { Queryable } from '../platform/database/pool';

export interface WindowToMake {
  readonly limitId: string;
  readonly unit: LimitUnit;
  /** The version of the terms that the window was computed from. */
  readonly version: string;
  readonly window: Window;
}

/**
 * The ids of these windows, by limit; makes those that do not exist yet. A statement of its own, committed before any
 * reservation locks the rows, and sorted, so that two processes making the same windows never wait in a circle. The
 * share lock on the limits keeps a window from being made after its limit was given another one.
 */
export async function ensureWindows(
  db: Queryable,
  wanted: readonly WindowToMake[],
): Promise<Map<string, string>> {
  const sorted = [...wanted].sort((a, b) => (a.limitId < b.limitId ? -1 : 1));
  const parameters = [
    sorted.map((each) => each.limitId),
    sorted.map((each) => each.unit),
    sorted.map((each) => new Date(each.window.startsAtMs).toISOString()),
    sorted.map((each) =>
      each.window.endsAtMs === null ? null : new Date(each.window.endsAtMs).toISOString(),
    ),
    sorted.map((each) => each.version),
  ];
  await db.query(
    `INSERT INTO limit_windows (limit_id, unit, starts_at, ends_at)
     SELECT w.limit_id, w.unit, w.starts_at, w.ends_at
       FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])
            AS w(limit_id, unit, starts_at, ends_at, version)
       JOIN limits l ON l.id = w.limit_id AND l.version = w.version AND l.deleted_at IS NULL
      ORDER BY w.limit_id, w.starts_at
        FOR SHARE OF l
     ON CONFLICT (limit_id, starts_at) DO NOTHING`,
    parameters,
  );
  const { rows } = await db.query<{ limit_id: string; id: string }>(
    `SELECT x.limit_id, x.id::text FROM limit_windows x
       JOIN unnest($1::text[], $2::timestamptz[]) AS w(limit_id, starts_at)
         ON w.limit_id = x.limit_id AND w.starts_at = x.starts_at`,
    [parameters[0], parameters[2]],
  );
  return new Map(rows.map((row) => [row.limit_id, row.id]));
}
