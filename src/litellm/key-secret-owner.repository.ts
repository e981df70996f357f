import type { EntityManager } from 'typeorm';

/** The key that has, or had, a secret of that hash; null when none has. */
export async function findSecretOwner(manager: EntityManager, hash: Buffer): Promise<string | null> {
  const rows: { key_id: string }[] = await manager.query(
    `SELECT key_id FROM virtual_key_secrets WHERE hash = $1`,
    [hash],
  );
  return rows[0]?.key_id ?? null;
}
