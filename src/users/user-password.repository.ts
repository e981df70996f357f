import type { EntityManager } from 'typeorm';
import { UserPasswordEntity } from './user-password.entity';

export interface PasswordHolder {
  readonly userId: string;
  /** Null for a user who has set no password. */
  readonly hash: string | null;
}

/** Who signs in with this e-mail address, in any case; null when nobody in good standing does. */
export async function findPasswordHolder(
  manager: EntityManager,
  email: string,
): Promise<PasswordHolder | null> {
  const rows: { id: string; hash: string | null }[] = await manager.query(
    `SELECT u.id, p.hash FROM users u LEFT JOIN user_passwords p ON p.user_id = u.id
      WHERE lower(u.email) = lower($1) AND u.deleted_at IS NULL AND NOT u.blocked`,
    [email],
  );
  const [row] = rows;
  return row === undefined ? null : { userId: row.id, hash: row.hash };
}

export async function findPasswordHash(manager: EntityManager, userId: string): Promise<string | null> {
  return (await manager.findOneBy(UserPasswordEntity, { userId }))?.hash ?? null;
}

export async function savePassword(
  manager: EntityManager,
  row: Pick<UserPasswordEntity, 'userId' | 'hash' | 'changedAt'>,
): Promise<void> {
  await manager.upsert(UserPasswordEntity, row, ['userId']);
}

/** Ends every session of the user; tokens that were made by hand stay. */
export async function revokeSessions(manager: EntityManager, userId: string, now: Date): Promise<void> {
  await manager.query(
    `UPDATE access_tokens SET revoked_at = $2::timestamptz
      WHERE user_id = $1 AND is_session AND revoked_at IS NULL`,
    [userId, now],
  );
}

/** Ends the oldest sessions beyond so many. */
export async function revokeOldSessions(
  manager: EntityManager,
  userId: string,
  keep: number,
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE access_tokens SET revoked_at = $2::timestamptz
      WHERE id IN (SELECT id FROM access_tokens
                    WHERE user_id = $1 AND is_session AND revoked_at IS NULL AND expires_at > $2::timestamptz
                    ORDER BY created_at DESC, id DESC OFFSET $3)`,
    [userId, now, keep],
  );
}
