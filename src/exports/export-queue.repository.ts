import type { EntityManager } from 'typeorm';
import { ExportEntity } from './export.entity';

/** An export that is due, for this process alone until the lease ends; null when there is none. */
export async function claimExport(
  manager: EntityManager,
  now: Date,
  leaseUntil: Date,
): Promise<ExportEntity | null> {
  const [rows]: [{ id: string }[], number] = await manager.query(
    `UPDATE exports SET status = 'RUNNING', attempts = attempts + 1, lease_until = $2
      WHERE id = (SELECT id FROM exports
        WHERE status IN ('PENDING', 'RUNNING') AND next_attempt_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
        ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    [now, leaseUntil],
  );
  const [claimed] = rows;
  return claimed ? manager.findOneByOrFail(ExportEntity, { id: claimed.id }) : null;
}

/** Keeps the claim. False: its lease ended and another process has the export now. */
export async function renewLease(
  manager: EntityManager,
  { id, attempts }: ExportEntity,
  leaseUntil: Date,
): Promise<boolean> {
  const [, changed]: [unknown[], number] = await manager.query(
    `UPDATE exports SET lease_until = $3 WHERE id = $1 AND attempts = $2 AND status = 'RUNNING'`,
    [id, attempts, leaseUntil],
  );
  return changed === 1;
}

export interface WrittenFile {
  readonly rows: number;
  readonly bytes: number;
}

/** The file is there, unless the claim was lost. */
export async function recordFile(
  manager: EntityManager,
  { id, attempts }: ExportEntity,
  written: WrittenFile,
  times: { readonly now: Date; readonly expiresAt: Date | null },
): Promise<void> {
  await manager.query(
    `UPDATE exports SET status = 'READY', row_count = $3, byte_count = $4, error = NULL, ended_at = $5, expires_at = $6,
            lease_until = NULL
      WHERE id = $1 AND attempts = $2 AND status = 'RUNNING'`,
    [id, attempts, written.rows, written.bytes, times.now, times.expiresAt],
  );
}

/** The attempt failed: the next is due at an instant, or with null there is none. */
export async function recordFailure(
  manager: EntityManager,
  { id, attempts }: ExportEntity,
  error: string,
  now: Date,
  nextAttemptAt: Date | null,
): Promise<void> {
  await manager.query(
    `UPDATE exports SET status = CASE WHEN $4::timestamptz IS NULL THEN 'FAILED' ELSE 'PENDING' END, error = $3,
            next_attempt_at = coalesce($4, next_attempt_at), ended_at = CASE WHEN $4::timestamptz IS NULL THEN $5::timestamptz END,
            lease_until = NULL
      WHERE id = $1 AND attempts = $2 AND status = 'RUNNING'`,
    [id, attempts, error, nextAttemptAt, now],
  );
}

/** Files whose time is over. */
export async function findOutdated(manager: EntityManager, now: Date): Promise<ExportEntity[]> {
  return manager
    .createQueryBuilder(ExportEntity, 'export')
    .where(`export.status = 'READY' AND export.expires_at <= :now`, { now })
    .orderBy('export.expires_at')
    .limit(100)
    .getMany();
}

export async function recordExpiry(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`UPDATE exports SET status = 'EXPIRED' WHERE id = $1 AND status = 'READY'`, [id]);
}
