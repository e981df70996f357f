import type { EntityManager } from 'typeorm';
import type { AlertKind } from '../domain/alerts/kinds';
import type { RuleScope } from '../domain/alerts/rule';

const BOOKED: ReadonlySet<AlertKind> = new Set(['THRESHOLD', 'SOFT_LIMIT']);

const OWNERS = {
  ORGANIZATION: 'o.organization_id',
  TEAM: 'o.team_id',
  PROJECT: 'o.project_id',
  KEY: 'o.key_id',
} as const;

export interface WatchedPlace {
  readonly kind: AlertKind;
  readonly scope: RuleScope;
  readonly scopeId: string;
  readonly organizationId: string | null;
}

/**
 * Has the open windows that a rule holds for looked at again, because what is due in them may have changed. With the ledger
 * taken alone until the end of the transaction, so that nobody books by the old rules meanwhile.
 */
export async function watchAgain(manager: EntityManager, place: WatchedPlace): Promise<void> {
  if (!BOOKED.has(place.kind)) return;
  await manager.query(`SELECT ledger_lock_exclusive()`);
  if (place.scope === 'SERVER') {
    await manager.query(`UPDATE limit_windows w SET alert_at = 0 WHERE ${OPEN}`);
    return;
  }
  if (place.scope === 'LIMIT') {
    await manager.query(`UPDATE limit_windows w SET alert_at = 0 WHERE limit_id = $1 AND ${OPEN}`, [
      place.scopeId,
    ]);
    return;
  }
  await manager.query(
    `UPDATE limit_windows SET alert_at = 0 WHERE id IN (
       SELECT w.id FROM limits l JOIN limit_windows w ON w.limit_id = l.id
         LEFT JOIN template_assignments g ON g.id = w.assignment_id
        CROSS JOIN LATERAL alert_owner(coalesce(g.holder_scope, l.scope),
                CASE WHEN w.assignment_id = '' THEN l.scope_id ELSE w.holder_id END) o
        WHERE (l.organization_id IS NULL OR l.organization_id = $1) AND ${OPEN} AND ${OWNERS[place.scope]} = $2)`,
    [place.organizationId, place.scopeId],
  );
}

const OPEN = `(w.ends_at IS NULL OR w.ends_at > ledger_now())`;
const BATCH = 100;

export interface OverdueWindows {
  /** Where the next batch goes on; null after the last one. */
  readonly after: string | null;
  readonly raised: readonly string[];
  /** Windows that could not be looked at, and why. */
  readonly failures: readonly { readonly windowId: string; readonly reason: string }[];
}

/**
 * Looks at windows in which something has been due since before their last booking: a rule came or changed after it, or the
 * booking could not raise its alert. Those that are being booked in are left to their booking.
 */
export async function watchOverdue(manager: EntityManager, after: string): Promise<OverdueWindows> {
  const rows: { id: string; reason: string | null }[] = await manager.query(
    `SELECT w.id::text, alert_watch_safely(w.id) AS reason FROM (
       SELECT w.id FROM limit_windows w
        WHERE w.spent > 0 AND w.spent >= w.alert_at AND w.id > $1 AND ${OPEN}
        ORDER BY w.id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) w`,
    [after],
  );
  const [setting]: { ids: string | null }[] = await manager.query(
    `SELECT current_setting('spendgraph.alerts', true) AS ids`,
  );
  return {
    after: rows.length < BATCH ? null : (rows.at(-1)?.id ?? null),
    raised: (setting?.ids ?? '').split(',').filter((id) => id !== ''),
    failures: rows.flatMap(({ id, reason }) => (reason === null ? [] : [{ windowId: id, reason }])),
  };
}
