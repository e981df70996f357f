import type { Queryable } from '../platform/database/pool';

/** Starts or renews the lease of a server process. Its open calls are charged when the lease ends unrenewed. */
export async function renewLease(db: Queryable, ownerId: string, ttlMs: number): Promise<void> {
  await db.query(
    `INSERT INTO ledger_owners (id, started_at, lease_until)
     VALUES ($1, ledger_now(), ledger_now() + $2 * interval '1 millisecond')
     ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until`,
    [ownerId, ttlMs],
  );
}

/** Ends the lease of a process that stops; allowed only when it has no open call left, so that none is orphaned. */
export async function endLease(db: Queryable, ownerId: string): Promise<void> {
  await db.query(
    `DELETE FROM ledger_owners o WHERE o.id = $1
        AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.owner_id = o.id AND r.state = 'RESERVED')`,
    [ownerId],
  );
}

/** Calls whose owner's lease has ended, or whose own deadline has passed: at most `limit`, oldest first. */
export async function findExpiredCalls(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT r.id FROM reservations r
       LEFT JOIN ledger_owners o ON o.id = r.owner_id
      WHERE r.state = 'RESERVED'
        AND (o.id IS NULL OR o.lease_until < ledger_now() OR r.deadline_at < ledger_now())
      ORDER BY r.id LIMIT $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

/** Removes what has no further use: leases long ended, ended reservations past the time in which a late end may come. */
export async function pruneLedger(db: Queryable, keepMs: number): Promise<void> {
  await db.query(
    `DELETE FROM reservations WHERE id IN (
       SELECT id FROM reservations
        WHERE state <> 'RESERVED' AND ended_at < ledger_now() - $1 * interval '1 millisecond' LIMIT 5000)`,
    [keepMs],
  );
  await db.query(
    `DELETE FROM ledger_owners o WHERE o.lease_until < ledger_now() - $1 * interval '1 millisecond'
        AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.owner_id = o.id AND r.state = 'RESERVED')`,
    [keepMs],
  );
}

/**
 * Removes windows of at most half a day that ended so long ago: a limit per second makes 86,400 of them a day, and spend
 * rows tell what was used in them. Such as open calls hold something in stay. They are locked in the order of ids as
 * everywhere, and those that a batch has locked are left for the next time.
 */
export async function pruneShortWindows(db: Queryable, keepMs: number): Promise<void> {
  await db.query(
    `WITH gone AS (DELETE FROM limit_windows WHERE id IN (
       SELECT id FROM limit_windows
        WHERE ends_at - starts_at <= interval '12 hours' AND ends_at < ledger_now() - $1 * interval '1 millisecond'
          AND reserved = 0
          AND id NOT IN (SELECT unnest(r.window_ids) FROM reservations r WHERE r.state = 'RESERVED')
        ORDER BY id LIMIT 5000 FOR UPDATE SKIP LOCKED) RETURNING id)
     DELETE FROM limit_excesses WHERE window_id IN (SELECT id FROM gone)`,
    [keepMs],
  );
}
