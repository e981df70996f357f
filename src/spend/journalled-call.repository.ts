import type { EntityManager } from 'typeorm';

/** Those of the calls that were let through without the database and booked from a journal. */
export async function findJournalledCalls(
  manager: EntityManager,
  callIds: readonly string[],
): Promise<string[]> {
  const rows: { call_id: string }[] = await manager.query(
    `SELECT call_id FROM journalled_calls WHERE call_id = ANY ($1)`,
    [callIds],
  );
  return rows.map((row) => row.call_id);
}
