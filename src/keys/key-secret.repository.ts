import type { EntityManager } from 'typeorm';

/** How long the hash of an ended secret is kept, so that its use is told apart from a guess. */
const KEEP_ENDED_MS = 30 * 24 * 3_600_000;

/** Ends all secrets of a key at the instant, unless they end sooner, and forgets those that ended long ago. */
export async function endSecrets(
  manager: EntityManager,
  keyId: string,
  nowMs: number,
  untilMs: number,
): Promise<void> {
  await manager.query(`DELETE FROM virtual_key_secrets WHERE key_id = $1 AND valid_until < $2::timestamptz`, [
    keyId,
    new Date(nowMs - KEEP_ENDED_MS),
  ]);
  await manager.query(
    `UPDATE virtual_key_secrets SET valid_until = least(valid_until, $2::timestamptz) WHERE key_id = $1`,
    [keyId, new Date(untilMs)],
  );
}
