import type { EntityManager } from 'typeorm';

export interface KnownUserQuery {
  readonly userId: string;
  readonly organizationId: string;
  readonly teamId: string | null;
  /** Whether any user of the server will do, rather than only members of the organization or team. */
  readonly anyUser: boolean;
}

/** Whether a key of that organization and team may belong to the user, who stays until the transaction ends. */
export async function isKnownUser(manager: EntityManager, query: KnownUserQuery): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM users u
      WHERE u.id = $1 AND u.deleted_at IS NULL
        AND ($4 OR EXISTS (SELECT 1 FROM organization_members m WHERE m.user_id = u.id AND m.organization_id = $2)
                OR EXISTS (SELECT 1 FROM team_members m WHERE m.user_id = u.id AND m.team_id = $3))
        FOR SHARE OF u`,
    [query.userId, query.organizationId, query.teamId, query.anyUser],
  );
  return rows.length > 0;
}
