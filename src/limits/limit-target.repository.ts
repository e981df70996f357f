import type { EntityManager } from 'typeorm';
import type { RuleTarget } from '../access/rules';
import type { Visibility } from '../access/visibility';
import { newId } from '../domain/ids';
import { customerOfScope, organizationOfCustomer } from '../domain/limits/customer-scope';
import { type LimitScope } from '../domain/limits/scope';
import { teamOfMember, userOfMember } from '../domain/limits/team-member-scope';

/** The thing a limit is set on: whom to ask for permission, and whether the caller can see it at all. */
export interface LimitTarget extends RuleTarget {
  readonly visible: boolean;
}

const LOOKUPS: Partial<Record<LimitScope, string>> = {
  ORGANIZATION: `SELECT id AS organization_id, NULL AS team_id, NULL AS project_id, NULL AS user_id, NULL AS key_id
                   FROM organizations WHERE id = $1`,
  TEAM: `SELECT organization_id, id AS team_id, NULL AS project_id, NULL AS user_id, NULL AS key_id
           FROM teams WHERE id = $1`,
  PROJECT: `SELECT organization_id, team_id, id AS project_id, NULL AS user_id, NULL AS key_id
              FROM projects WHERE id = $1`,
  USER: `SELECT NULL AS organization_id, NULL AS team_id, NULL AS project_id, id AS user_id, NULL AS key_id
           FROM users WHERE id = $1 AND deleted_at IS NULL`,
  KEY: `SELECT organization_id, team_id, NULL AS project_id, user_id, id AS key_id
          FROM virtual_keys WHERE id = $1 AND deleted_at IS NULL`,
  TEAM_MEMBER: `SELECT organization_id, team_id, NULL AS project_id, NULL AS user_id, NULL AS key_id
                  FROM team_members WHERE team_id = $1 AND user_id = $2`,
  // A customer need not have called yet.
  CUSTOMER: `SELECT id AS organization_id, NULL AS team_id, NULL AS project_id, NULL AS user_id, NULL AS key_id
               FROM organizations WHERE id = $1`,
  TEMPLATE: `SELECT organization_id, NULL AS team_id, NULL AS project_id, NULL AS user_id, NULL AS key_id
               FROM limit_templates WHERE id = $1 AND deleted_at IS NULL`,
};

function lookupIds(scope: LimitScope, scopeId: string): string[] {
  if (scope === 'TEAM_MEMBER') return [teamOfMember(scopeId), userOfMember(scopeId)];
  return [scope === 'CUSTOMER' ? organizationOfCustomer(scopeId) : scopeId];
}

interface TargetRow {
  organization_id: string | null;
  team_id: string | null;
  project_id: string | null;
  user_id: string | null;
  key_id: string | null;
}

/** Null when nothing of that scope has the id. Scopes that name no record of ours (tags, models…) always exist. */
export async function findLimitTarget(
  manager: EntityManager,
  visibility: Visibility,
  scope: LimitScope,
  scopeId: string,
): Promise<LimitTarget | null> {
  const lookup = LOOKUPS[scope];
  if (lookup === undefined) return { visible: visibility.everything };
  const [row]: TargetRow[] = await manager.query(lookup, lookupIds(scope, scopeId));
  if (!row) return null;
  return {
    organizationId: row.organization_id,
    teamId: row.team_id,
    userId: row.user_id,
    keyId: row.key_id,
    visible: isVisible(visibility, scope, row),
  };
}

function isVisible(visibility: Visibility, scope: LimitScope, row: TargetRow): boolean {
  return visibility.everything || seesAllAround(visibility, row) || knows(visibility, scope, row);
}

/** Makes the record of a customer that a limit is set on before the first call. */
export async function makeCustomer(manager: EntityManager, scopeId: string, nowMs: number): Promise<void> {
  await manager.query(
    `INSERT INTO customers (id, organization_id, external_id) VALUES ($1, $2, $3)
     ON CONFLICT (organization_id, external_id) DO UPDATE SET deleted_at = NULL, blocked = FALSE
       WHERE customers.deleted_at IS NOT NULL`,
    [newId('customer', nowMs), organizationOfCustomer(scopeId), customerOfScope(scopeId)],
  );
}

/** Whether the caller sees everything in the organization or the team that the row belongs to. */
function seesAllAround(visibility: Visibility, row: TargetRow): boolean {
  return (
    (row.organization_id !== null && visibility.fullOrganizationIds.includes(row.organization_id)) ||
    (row.team_id !== null && visibility.fullTeamIds.includes(row.team_id))
  );
}

/** Whether the caller sees the row itself. */
function knows(visibility: Visibility, scope: LimitScope, row: TargetRow): boolean {
  switch (scope) {
    case 'ORGANIZATION':
      return visibility.knownOrganizationIds.includes(row.organization_id ?? '');
    case 'TEAM':
      return visibility.knownTeamIds.includes(row.team_id ?? '');
    case 'PROJECT':
      return visibility.knownProjectIds.includes(row.project_id ?? '');
    case 'USER':
      return visibility.knownUserIds.includes(row.user_id ?? '');
    case 'KEY':
      return (
        (row.user_id !== null && row.user_id === visibility.ownUserId) ||
        (row.key_id !== null && visibility.ownKeyIds.includes(row.key_id))
      );
    default:
      return false;
  }
}
