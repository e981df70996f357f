import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal';

/** One way in which a caller may use models: a model must be allowed by each list that is not empty. */
export type AllowLists = readonly (readonly string[])[];

/** The lists of allowed models that hold for a key: its own, its project's, team's and organization's. Null: no such key. */
export async function keyAllowLists(manager: EntityManager, keyId: string): Promise<AllowLists | null> {
  const [row]: Record<'k' | 'p' | 't' | 'o', string[] | null>[] = await manager.query(
    `SELECT k.models AS k, p.models AS p, t.models AS t, o.models AS o
       FROM virtual_keys k JOIN organizations o ON o.id = k.organization_id
       LEFT JOIN teams t ON t.id = k.team_id LEFT JOIN projects p ON p.id = k.project_id
      WHERE k.id = $1`,
    [keyId],
  );
  return row ? [row.k ?? [], row.p ?? [], row.t ?? [], row.o ?? []] : null;
}

/** The ways in which a caller may use models; one of them is enough. Who sees everything is held by no list. */
export async function waysToModels(manager: EntityManager, principal: Principal): Promise<AllowLists[]> {
  switch (principal.kind) {
    case 'ANONYMOUS':
      return [];
    case 'MASTER':
      return [[]];
    case 'KEY': {
      const lists = await keyAllowLists(manager, principal.keyId);
      return lists === null ? [] : [lists];
    }
    case 'SERVICE_ACCOUNT':
    case 'USER': {
      if (principal.kind === 'USER' && principal.role !== 'MEMBER') return [[]];
      const rows: { t: string[] | null; o: string[] }[] = await manager.query(
        `SELECT NULL::text[] AS t, o.models AS o FROM organizations o
          WHERE o.id = ANY($1) AND o.archived_at IS NULL
         UNION ALL
         SELECT t.models, o.models FROM teams t JOIN organizations o ON o.id = t.organization_id
          WHERE t.id = ANY($2) AND t.archived_at IS NULL AND o.archived_at IS NULL`,
        [[...principal.organizationRoles.keys()], [...principal.teamRoles.keys()]],
      );
      return rows.map(({ t, o }) => [t ?? [], o]);
    }
  }
}
