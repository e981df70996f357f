import { createHash } from 'node:crypto';
import type { Queryable } from '../platform/database/pool';

/**
 * True when this process has the salt that the database's hashes and sealed credentials were made with. The first
 * process to ask sets it. What is stored is a digest of a digest, from which the salt cannot be guessed any sooner.
 */
export async function hasSaltOfDatabase(db: Queryable, salt: string): Promise<boolean> {
  const digest = createHash('sha256').update(`spendgraph salt fingerprint\n${salt}`).digest();
  const fingerprint = createHash('sha256').update(digest).digest('hex').slice(0, 16);
  await db.query(`UPDATE ledger_state SET salt_fingerprint = $1 WHERE salt_fingerprint IS NULL`, [
    fingerprint,
  ]);
  const { rows } = await db.query<{ same: boolean }>(
    `SELECT salt_fingerprint = $1 AS same FROM ledger_state`,
    [fingerprint],
  );
  return rows[0]?.same ?? false;
}
