import type { EntityManager } from 'typeorm';

const TABLES = {
  TEAM: 'teams',
  USER: 'users',
  ORGANIZATION: 'organizations',
  PROJECT: 'projects',
  TEMPLATE: 'limit_templates',
} as const;

/** What a request makes in several steps. */
export type Unfinished = keyof typeof TABLES;

const MEMBERSHIPS: Readonly<Record<Unfinished, readonly string[]>> = {
  TEAM: [`DELETE FROM team_members WHERE team_id = $1`],
  USER: [
    `DELETE FROM team_members WHERE user_id = $1`,
    `DELETE FROM organization_members WHERE user_id = $1`,
  ],
  ORGANIZATION: [],
  PROJECT: [],
  TEMPLATE: [],
};

/**
 * Removes a team, user, organization, project or template that was made a moment ago and did not come to be whole: its id is free again.
 * Nobody had a key for it yet, so that nothing was booked to it and its limits, which were removed before, are empty.
 */
export async function unmake(manager: EntityManager, kind: Unfinished, id: string): Promise<void> {
  for (const statement of MEMBERSHIPS[kind]) await manager.query(statement, [id]);
  const removed = `SELECT id FROM limits WHERE scope = $1 AND scope_id = $2 AND deleted_at IS NOT NULL`;
  await manager.query(`DELETE FROM limit_windows WHERE limit_id IN (${removed})`, [kind, id]);
  await manager.query(`DELETE FROM limits WHERE id IN (${removed})`, [kind, id]);
  const given = `SELECT id FROM template_assignments WHERE deleted_at IS NOT NULL
    AND ((holder_scope = $1 AND holder_id = $2) OR (within_scope = $1 AND within_id = $2))`;
  await manager.query(`DELETE FROM limit_windows WHERE assignment_id IN (${given})`, [kind, id]);
  await manager.query(`DELETE FROM template_assignments WHERE id IN (${given})`, [kind, id]);
  await manager.query(`DELETE FROM ${TABLES[kind]} WHERE id = $1`, [id]);
}
