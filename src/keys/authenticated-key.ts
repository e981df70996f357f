import type { KeyPrincipal } from '../access/principal';
import { keyState } from '../domain/keys/key-state';
import { err, ok, type Result } from '../domain/result';
import type { KeyRow } from './key-authentication.repository';

/** A key that may be used, with all that a call needs to know of it and of what it belongs to. */
export interface AuthenticatedKey {
  readonly keyId: string;
  /** The reservation proves with it that nothing about the key has changed since. */
  readonly version: number;
  readonly alias: string | null;
  readonly display: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  /** Key, project, team, organization: a model must be allowed by each list that is not empty. */
  readonly modelAllowLists: readonly (readonly string[])[];
  /** Those of the key and of its team, each once. */
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number | null;
  readonly expiresAtMs: number | null;
  /** Whether its organization keeps amounts from whoever holds it. */
  readonly hidesAmounts: boolean;
}

export type KeyRefusalReason = 'UNKNOWN' | 'EXPIRED' | 'BLOCKED' | 'DELETED';

/** Why a secret is refused, in words for its holder. */
export interface KeyRefusal {
  readonly reason: KeyRefusalReason;
  /** Which record is at fault; SECRET is one that a rotation replaced. */
  readonly what: 'SECRET' | 'KEY' | 'PROJECT' | 'TEAM' | 'ORGANIZATION' | 'USER' | 'SERVICE_ACCOUNT';
  readonly message: string;
}

export const UNKNOWN_KEY: KeyRefusal = {
  reason: 'UNKNOWN',
  what: 'KEY',
  message: 'The key is not known here. Check that it was copied whole and is meant for this server.',
};

/** What a found key is worth at the instant. The key's own faults are named before those of its owners. */
export function judgeKey(row: KeyRow, nowMs: number): Result<AuthenticatedKey, KeyRefusal> {
  const state = keyState(
    {
      blocked: row.blocked,
      expiresAtMs: row.expires_at?.getTime() ?? null,
      deletedAtMs: row.deleted_at?.getTime() ?? null,
    },
    nowMs,
  );
  if (state === 'DELETED') return refuse('DELETED', 'KEY', `The key ${row.display} was deleted.`);
  if (row.secret_valid_until !== null && row.secret_valid_until.getTime() <= nowMs) {
    return refuse('EXPIRED', 'SECRET', `The key was rotated; its new secret ends like ${row.display}.`);
  }
  if (state === 'BLOCKED') return refuse('BLOCKED', 'KEY', `The key ${row.display} is blocked.`);
  if (state === 'EXPIRED') {
    return refuse(
      'EXPIRED',
      'KEY',
      `The key ${row.display} expired at ${row.expires_at?.toISOString() ?? ''}.`,
    );
  }
  return judgeOwners(row) ?? ok(authenticated(row));
}

/** The key as who looks at the API with it. */
export function keyPrincipal(key: AuthenticatedKey): KeyPrincipal {
  const { keyId, organizationId, teamId, projectId, userId } = key;
  return { kind: 'KEY', keyId, organizationId, teamId, projectId, userId };
}

function judgeOwners(row: KeyRow): Result<never, KeyRefusal> | null {
  if (row.project_archived) return refuse('DELETED', 'PROJECT', "The key's project is archived.");
  if (row.team_archived) return refuse('DELETED', 'TEAM', "The key's team is archived.");
  if (row.organization_archived) {
    return refuse('DELETED', 'ORGANIZATION', "The key's organization is archived.");
  }
  if (row.user_deleted) return refuse('DELETED', 'USER', 'The user whose key it is was deleted.');
  if (row.service_account_deleted) {
    return refuse('DELETED', 'SERVICE_ACCOUNT', 'The service account whose key it is was deleted.');
  }
  if (row.project_blocked) return refuse('BLOCKED', 'PROJECT', "The key's project is blocked.");
  if (row.team_blocked) return refuse('BLOCKED', 'TEAM', "The key's team is blocked.");
  if (row.organization_blocked) {
    return refuse('BLOCKED', 'ORGANIZATION', "The key's organization is blocked.");
  }
  if (row.user_blocked) return refuse('BLOCKED', 'USER', 'The user whose key it is is blocked.');
  if (row.service_account_blocked) {
    return refuse('BLOCKED', 'SERVICE_ACCOUNT', 'The service account whose key it is is blocked.');
  }
  return null;
}

function authenticated(row: KeyRow): AuthenticatedKey {
  return {
    keyId: row.key_id,
    version: row.version,
    alias: row.alias,
    display: row.display,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    teamId: row.team_id,
    teamName: row.team_name,
    projectId: row.project_id,
    userId: row.user_id,
    modelAllowLists: [row.models, row.project_models ?? [], row.team_models ?? [], row.organization_models],
    tags: [...new Set([...row.tags, ...(row.team_tags ?? [])])],
    metadata: row.metadata,
    maxOutputTokens: row.max_output_tokens,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    hidesAmounts: row.organization_hides_amounts,
  };
}

function refuse(
  reason: KeyRefusalReason,
  what: KeyRefusal['what'],
  message: string,
): Result<never, KeyRefusal> {
  return err({ reason, what, message });
}
