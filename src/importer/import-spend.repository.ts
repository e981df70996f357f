import type { EntityManager } from 'typeorm';

/** Columns of a spend row by their names in the database. */
export type SpendColumns = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly admitted_at: string;
};

/** Books those of the rows that are not there yet; answers with how many, and whose limits they count under. */
export async function bookImported(
  manager: EntityManager,
  rows: readonly SpendColumns[],
): Promise<{ readonly booked: number; readonly limits: readonly string[] }> {
  const [row]: { done: { booked: number; limits: string[] } }[] = await manager.query(
    `SELECT ledger_import($1::jsonb) AS done`,
    [JSON.stringify(rows)],
  );
  return row?.done ?? { booked: 0, limits: [] };
}

/** How many of the rows are there already. */
export async function countImported(manager: EntityManager, rows: readonly SpendColumns[]): Promise<number> {
  const [row]: { rows: number }[] = await manager.query(
    `SELECT count(*)::int AS rows FROM unnest($1::text[], $2::timestamptz[]) AS t(id, admitted_at)
      WHERE EXISTS (SELECT 1 FROM spend_logs s WHERE s.id = t.id AND s.admitted_at = t.admitted_at)`,
    [rows.map((each) => each.id), rows.map((each) => each.admitted_at)],
  );
  return row?.rows ?? 0;
}

/** Makes the partition of the month, if it can be made. */
export async function ensureMonth(manager: EntityManager, at: string): Promise<void> {
  await manager.query(`SELECT spend_ensure_month($1::timestamptz)`, [at]);
}

/** A key as far as rows of the log name it. */
export interface LoggedKey {
  readonly keyId: string;
  readonly alias: string;
  readonly organizationId: string;
  readonly teamId: string;
  readonly projectId: string;
  readonly userId: string;
}

export async function findLoggedKeys(
  manager: EntityManager,
  keyIds: readonly string[],
): Promise<LoggedKey[]> {
  return manager.query(
    `SELECT id AS "keyId", coalesce(alias, '') AS alias, organization_id AS "organizationId",
            coalesce(team_id, '') AS "teamId", coalesce(project_id, '') AS "projectId",
            coalesce(user_id, '') AS "userId"
       FROM virtual_keys WHERE id = ANY ($1)`,
    [keyIds],
  );
}

export interface LoggedTeam {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
}

export async function findLoggedTeams(manager: EntityManager, ids: readonly string[]): Promise<LoggedTeam[]> {
  return manager.query(
    `SELECT id, name, organization_id AS "organizationId" FROM teams WHERE id = ANY ($1)`,
    [ids],
  );
}

/** The names of organizations by their ids. */
export async function findOrganizationNames(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await manager.query(
    `SELECT id, name FROM organizations WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
