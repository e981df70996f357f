import type { LimitTermsSnapshot } from '../domain/ledger/verdict';
import type { Window } from '../domain/limits/window-spec';
import type { Queryable } from '../platform/database/pool';

export interface WindowToMake {
  readonly limit: Pick<LimitTermsSnapshot, 'id' | 'series' | 'assignmentId' | 'scopeId' | 'unit'>;
  readonly window: Window;
}

/**
 * The ids of these windows, by series; makes those that do not exist yet. A statement of its own, committed before any
 * reservation locks the rows. Answers none when the limits are not those of `version` any more.
 */
export async function ensureWindows(
  db: Queryable,
  version: string,
  wanted: readonly WindowToMake[],
): Promise<Map<string, string>> {
  const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  const { rows } = await db.query<{ n: number; id: string }>(
    `SELECT n, id::text FROM ledger_make_windows($1, $2, $3, $4, $5, $6, $7)`,
    [
      version,
      wanted.map(({ limit }) => limit.id),
      wanted.map(({ limit }) => limit.assignmentId ?? ''),
      wanted.map(({ limit }) => (limit.assignmentId === null ? '' : limit.scopeId)),
      wanted.map(({ limit }) => limit.unit),
      wanted.map(({ window }) => instant(window.startsAtMs)),
      wanted.map(({ window }) => instant(window.endsAtMs)),
    ],
  );
  return new Map(rows.map(({ n, id }) => [wanted[n - 1]?.limit.series ?? '', id]));
}
