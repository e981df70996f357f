import type { EntityManager } from 'typeorm';

/** A key as authentication needs it, with what it belongs to: one row of one statement. Null owners are absent ones. */
export interface KeyRow {
  readonly key_id: string;
  readonly version: number;
  readonly alias: string | null;
  readonly display: string;
  readonly tags: string[];
  readonly metadata: Record<string, unknown>;
  readonly models: string[];
  readonly max_output_tokens: number | null;
  readonly blocked: boolean;
  readonly expires_at: Date | null;
  readonly deleted_at: Date | null;
  readonly secret_valid_until: Date | null;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly organization_models: string[];
  readonly organization_blocked: boolean;
  readonly organization_archived: boolean;
  readonly organization_hides_amounts: boolean;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly team_models: string[] | null;
  readonly team_tags: string[] | null;
  readonly team_blocked: boolean | null;
  readonly team_archived: boolean;
  readonly project_id: string | null;
  readonly project_models: string[] | null;
  readonly project_blocked: boolean | null;
  readonly project_archived: boolean;
  readonly user_id: string | null;
  readonly user_blocked: boolean | null;
  readonly user_deleted: boolean;
  readonly service_account_blocked: boolean | null;
  readonly service_account_deleted: boolean;
}

const OF_KEY = `k.id AS key_id, k.version, k.alias, k.display, k.tags, k.metadata, k.models, k.max_output_tokens,
            k.blocked, k.expires_at, k.deleted_at,
            o.id AS organization_id, o.name AS organization_name, o.models AS organization_models,
            o.blocked AS organization_blocked, o.archived_at IS NOT NULL AS organization_archived,
            o.hides_amounts AS organization_hides_amounts,
            t.id AS team_id, t.name AS team_name, t.models AS team_models, t.tags AS team_tags,
            t.blocked AS team_blocked, t.archived_at IS NOT NULL AS team_archived,
            p.id AS project_id, p.models AS project_models, p.blocked AS project_blocked,
            p.archived_at IS NOT NULL AS project_archived,
            u.id AS user_id, u.blocked AS user_blocked, u.deleted_at IS NOT NULL AS user_deleted,
            a.blocked AS service_account_blocked, a.deleted_at IS NOT NULL AS service_account_deleted`;

const OWNERS = `JOIN organizations o ON o.id = k.organization_id
       LEFT JOIN teams t ON t.id = k.team_id
       LEFT JOIN projects p ON p.id = k.project_id
       LEFT JOIN users u ON u.id = k.user_id
       LEFT JOIN service_accounts a ON a.id = k.service_account_id`;

/** The key that has a secret of that hash. The index compares hashes, never secrets, so its timing tells nothing. */
export async function findKeyBySecret(manager: EntityManager, hash: Buffer): Promise<KeyRow | null> {
  const rows: KeyRow[] = await manager.query(
    `SELECT ${OF_KEY}, s.valid_until AS secret_valid_until
       FROM virtual_key_secrets s JOIN virtual_keys k ON k.id = s.key_id ${OWNERS}
      WHERE s.hash = $1`,
    [hash],
  );
  return rows[0] ?? null;
}

/** The key with that id, as if it had been named by its present secret. */
export async function findKeyRow(manager: EntityManager, keyId: string): Promise<KeyRow | null> {
  const rows: KeyRow[] = await manager.query(
    `SELECT ${OF_KEY}, NULL AS secret_valid_until FROM virtual_keys k ${OWNERS} WHERE k.id = $1`,
    [keyId],
  );
  return rows[0] ?? null;
}
