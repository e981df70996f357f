import type { EntityManager } from 'typeorm';
import { UserEntity } from '../users/user.entity';

/** Keeps another sign-in of the same person waiting, so that two first ones make one user. */
export async function lockIdentity(manager: EntityManager, issuer: string, subject: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${issuer}\n${subject}`]);
}

/** The user that the provider's subject stands for; null when there is none, or when it was deleted. */
export async function findByIdentity(
  manager: EntityManager,
  issuer: string,
  subject: string,
): Promise<UserEntity | null> {
  const rows: { user_id: string }[] = await manager.query(
    `SELECT user_id FROM user_identities WHERE issuer = $1 AND subject = $2`,
    [issuer, subject],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return manager
    .createQueryBuilder(UserEntity, 'u')
    .where('u.id = :id AND u.deleted_at IS NULL', { id: row.user_id })
    .getOne();
}

export async function findByEmail(manager: EntityManager, email: string): Promise<UserEntity | null> {
  return manager
    .createQueryBuilder(UserEntity, 'u')
    .where('lower(u.email) = lower(:email) AND u.deleted_at IS NULL', { email })
    .getOne();
}

/** From now on the provider's subject stands for that user, also where it stood for a deleted one. */
export async function linkIdentity(
  manager: EntityManager,
  issuer: string,
  subject: string,
  userId: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO user_identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (issuer, subject) DO UPDATE SET user_id = EXCLUDED.user_id, created_at = EXCLUDED.created_at`,
    [issuer, subject, userId, now],
  );
}
