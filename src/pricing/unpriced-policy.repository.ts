import type { EntityManager } from 'typeorm';

/** Whether models without a price are refused, as an administrator decided; null when none has. */
export async function loadUnpricedPolicy(manager: EntityManager): Promise<boolean | null> {
  const rows = await manager.query<{ refuses: boolean }[]>(`SELECT refuses FROM unpriced_policy`);
  return rows[0]?.refuses ?? null;
}

export async function saveUnpricedPolicy(manager: EntityManager, refuses: boolean, now: Date): Promise<void> {
  await manager.query(
    `INSERT INTO unpriced_policy (id, refuses, updated_at) VALUES ('server', $1, $2)
     ON CONFLICT (id) DO UPDATE SET refuses = excluded.refuses, updated_at = excluded.updated_at`,
    [refuses, now],
  );
}
