import type { EntityManager } from 'typeorm';
import type { MemberRole, ServerRole, TeamRole, TokenPrincipal } from '../access/principal';

/** Whom a token stands for, with all that decides what it may do. */
export interface TokenHolder {
  readonly principal: TokenPrincipal;
  /** When the token ends by itself; null for never. */
  readonly expiresAt: Date | null;
}

interface HolderRow {
  readonly user_id: string | null;
  readonly server_role: ServerRole;
  readonly expires_at: Date | null;
  readonly organizations: Record<string, MemberRole> | null;
  readonly teams: Record<string, TeamRole> | null;
  readonly account_id: string;
  readonly account_role: MemberRole;
  readonly organization_id: string;
  readonly team_id: string | null;
  readonly key_ids: string[] | null;
}

/** Keys beyond these a service account does not see by owning them: the list goes with each of its statements. */
const MAX_OWN_KEYS = 1_000;

/**
 * Null unless a usable token of a user or service account in good standing has that hash. One statement. The tables of
 * memberships, service accounts and keys are named here although their features come later.
 */
export async function findTokenHolder(
  manager: EntityManager,
  hash: Buffer,
  now: Date,
): Promise<TokenHolder | null> {
  const [row]: HolderRow[] = await manager.query(
    `SELECT u.id AS user_id, u.role AS server_role, token.expires_at,
            (SELECT jsonb_object_agg(m.organization_id, m.role)
               FROM organization_members m WHERE m.user_id = u.id) AS organizations,
            (SELECT jsonb_object_agg(m.team_id,
                      jsonb_build_object('organizationId', m.organization_id, 'role', m.role))
               FROM team_members m WHERE m.user_id = u.id) AS teams,
            a.id AS account_id, a.role AS account_role, a.organization_id, a.team_id,
            ARRAY(SELECT k.id FROM virtual_keys k WHERE k.service_account_id = a.id
                   ORDER BY k.id DESC LIMIT ${MAX_OWN_KEYS}) AS key_ids
       FROM access_tokens token
       LEFT JOIN users u ON u.id = token.user_id AND u.deleted_at IS NULL AND NOT u.blocked
       LEFT JOIN service_accounts a ON a.id = token.service_account_id AND a.deleted_at IS NULL AND NOT a.blocked
       LEFT JOIN organizations o ON o.id = a.organization_id
       LEFT JOIN teams t ON t.id = a.team_id
      WHERE token.hash = $1
        AND token.revoked_at IS NULL
        AND (token.expires_at IS NULL OR token.expires_at > $2::timestamptz)
        AND (u.id IS NOT NULL OR a.id IS NOT NULL)
        AND o.archived_at IS NULL
        AND t.archived_at IS NULL`,
    [hash, now],
  );
  return row ? { principal: principalOf(row), expiresAt: row.expires_at } : null;
}

function principalOf(row: HolderRow): TokenPrincipal {
  if (row.user_id !== null) {
    return {
      kind: 'USER',
      userId: row.user_id,
      role: row.server_role,
      organizationRoles: new Map(Object.entries(row.organizations ?? {})),
      teamRoles: new Map(Object.entries(row.teams ?? {})),
    };
  }
  const { account_id, account_role: role, organization_id: organizationId, team_id: teamId } = row;
  return {
    kind: 'SERVICE_ACCOUNT',
    serviceAccountId: account_id,
    organizationId,
    teamId,
    organizationRoles: new Map(teamId === null ? [[organizationId, role]] : []),
    teamRoles: new Map(teamId === null ? [] : [[teamId, { organizationId, role }]]),
    keyIds: row.key_ids ?? [],
  };
}
