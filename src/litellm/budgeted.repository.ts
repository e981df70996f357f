import type { EntityManager } from 'typeorm';

/** The tags that have a limit or share a budget: those of these names, or all. */
export async function findBudgetedTags(
  manager: EntityManager,
  names: readonly string[] | null,
): Promise<string[]> {
  const rows: { name: string }[] = await manager.query(
    `SELECT DISTINCT name FROM (
       SELECT scope_id AS name FROM limits WHERE scope = 'TAG' AND deleted_at IS NULL
       UNION ALL
       SELECT holder_id FROM template_assignments
        WHERE holder_scope = 'TAG' AND holder_id <> '' AND deleted_at IS NULL) AS budgeted
      WHERE $1::text[] IS NULL OR name = ANY ($1)
      ORDER BY name`,
    [names],
  );
  return rows.map(({ name }) => name);
}

/** The providers that have a budget. */
export async function findBudgetedProviders(manager: EntityManager): Promise<string[]> {
  const rows: { name: string }[] = await manager.query(
    `SELECT DISTINCT scope_id AS name FROM limits
      WHERE scope = 'PROVIDER' AND unit = 'USD' AND models = '{}' AND deleted_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
