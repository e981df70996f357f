import type { EntityManager } from 'typeorm';
import type { GrantedRole } from '../domain/access/group-rules';
import { newId } from '../domain/ids';

/** Makes the user's role at one place what the groups give there. False when the place does not exist. */
export async function applyRole(
  manager: EntityManager,
  userId: string,
  granted: GrantedRole,
  nowMs: number,
): Promise<boolean> {
  const { kind, id, role } = granted;
  switch (kind) {
    case 'SERVER':
      await manager.query(`UPDATE users SET role = $2, updated_at = $3 WHERE id = $1 AND role <> $2`, [
        userId,
        role,
        new Date(nowMs),
      ]);
      return true;
    case 'ORGANIZATION':
      if (role === null)
        await manager.query(`DELETE FROM organization_members WHERE user_id = $1 AND organization_id = $2`, [
          userId,
          id,
        ]);
      else await joinOrganization(manager, userId, id ?? '', role, nowMs);
      return exists(manager, 'organizations', id);
    case 'TEAM':
      if (role === null)
        await manager.query(`DELETE FROM team_members WHERE user_id = $1 AND team_id = $2`, [userId, id]);
      else
        await manager.query(
          `INSERT INTO team_members (id, organization_id, team_id, user_id, role, created_at)
           SELECT $1, t.organization_id, t.id, $3, $4, $5 FROM teams t WHERE t.id = $2 AND t.archived_at IS NULL
           ON CONFLICT (team_id, user_id) DO UPDATE SET role = EXCLUDED.role WHERE team_members.role <> EXCLUDED.role`,
          [newId('membership', nowMs), id, userId, role, new Date(nowMs)],
        );
      return exists(manager, 'teams', id);
  }
}

export async function joinOrganization(
  manager: EntityManager,
  userId: string,
  organizationId: string,
  role: string,
  nowMs: number,
): Promise<void> {
  await manager.query(
    `INSERT INTO organization_members (id, organization_id, user_id, role, created_at)
     SELECT $1, o.id, $3, $4, $5 FROM organizations o WHERE o.id = $2 AND o.archived_at IS NULL
     ON CONFLICT (organization_id, user_id) DO UPDATE SET role = EXCLUDED.role
      WHERE organization_members.role <> EXCLUDED.role`,
    [newId('membership', nowMs), organizationId, userId, role, new Date(nowMs)],
  );
}

async function exists(
  manager: EntityManager,
  table: 'organizations' | 'teams',
  id: string | null,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(`SELECT FROM ${table} WHERE id = $1 AND archived_at IS NULL`, [
    id,
  ]);
  return rows.length > 0;
}
