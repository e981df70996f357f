import type { EntityManager } from 'typeorm';
import { AlertMessageEntity } from './alert-message.entity';

/** An alert that is to be told to a channel. */
export interface NewDelivery {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly alertId: string;
  readonly channelId: string;
  /** Null: to the channel's own recipients. */
  readonly recipients: readonly string[] | null;
  /** Gathered with the others of that instant; null: told alone. */
  readonly digestAt: Date | null;
  readonly dueAt: Date;
}

/** Writes what is to be sent. What exists already stays, so that nothing is told twice to a channel. */
export async function insertDeliveries(
  manager: EntityManager,
  deliveries: readonly NewDelivery[],
  maxAttempts: number,
  now: Date,
): Promise<void> {
  for (const each of deliveries) {
    // The message that still grows is locked by this, so that nobody sends it without the alert.
    const [message]: { id: string }[] = await manager.query(
      `INSERT INTO alert_messages AS m (id, channel_id, recipients, digest_at, tries_left, next_attempt_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (channel_id, digest_at) WHERE state = 'PENDING' AND attempts = 0 AND digest_at IS NOT NULL
       DO UPDATE SET next_attempt_at = greatest(m.next_attempt_at, excluded.next_attempt_at)
       RETURNING id`,
      [each.messageId, each.channelId, each.recipients, each.digestAt, maxAttempts, each.dueAt, now],
    );
    await manager.query(
      `INSERT INTO alert_deliveries (id, alert_id, channel_id, message_id, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (alert_id, channel_id) DO NOTHING`,
      [each.deliveryId, each.alertId, each.channelId, message?.id, now],
    );
  }
}

export interface Claim {
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly limit: number;
  /** To one channel at once, so that a receiver that hangs cannot hold up the others. */
  readonly perChannel: number;
  /** Channels that take no more for the moment. */
  readonly busyChannelIds: readonly string[];
  /** Configured channels whose secrets this process has. */
  readonly configuredIds: readonly string[];
}

/** Messages that are due, for this process alone until the lease ends. A process that dies leaves them to the others. */
export async function claimMessages(manager: EntityManager, claim: Claim): Promise<AlertMessageEntity[]> {
  const [rows]: [{ id: string }[], number] = await manager.query(
    `WITH ranked AS (
       SELECT m.id, m.next_attempt_at, row_number() OVER (PARTITION BY m.channel_id ORDER BY m.next_attempt_at, m.id) AS place
         FROM alert_messages m JOIN alert_channels c ON c.id = m.channel_id
        WHERE m.state = 'PENDING' AND m.next_attempt_at <= $1 AND (m.lease_until IS NULL OR m.lease_until <= $1)
          AND c.enabled AND c.deleted_at IS NULL AND (c.source = 'API' OR c.id = ANY($6)) AND c.id <> ALL($5)
     ), locked AS (
       SELECT id FROM alert_messages
        WHERE id IN (SELECT id FROM ranked WHERE place <= $4 ORDER BY next_attempt_at LIMIT $3)
          AND state = 'PENDING' AND (lease_until IS NULL OR lease_until <= $1)
          FOR UPDATE SKIP LOCKED
     )
     UPDATE alert_messages m SET attempts = attempts + 1, tries_left = tries_left - 1, lease_until = $2, last_attempt_at = $1
       FROM locked WHERE m.id = locked.id RETURNING m.id`,
    [claim.now, claim.leaseUntil, claim.limit, claim.perChannel, claim.busyChannelIds, claim.configuredIds],
  );
  return findMessages(
    manager,
    rows.map(({ id }) => id),
  );
}

export async function findMessages(
  manager: EntityManager,
  ids: readonly string[],
): Promise<AlertMessageEntity[]> {
  if (ids.length === 0) return [];
  return manager
    .createQueryBuilder(AlertMessageEntity, 'message')
    .where('message.id = ANY(:ids)', { ids })
    .getMany();
}

/**
 * Writes what came of an attempt. False when another process has taken the message since, or somebody cancelled it: then
 * that counts.
 */
export async function recordAttempt(
  manager: EntityManager,
  { id, attempts }: Pick<AlertMessageEntity, 'id' | 'attempts'>,
  values: Pick<
    AlertMessageEntity,
    'state' | 'httpStatus' | 'durationMs' | 'error' | 'deliveredAt' | 'nextAttemptAt'
  >,
): Promise<boolean> {
  const { affected } = await manager.update(
    AlertMessageEntity,
    { id, attempts, state: 'PENDING' },
    { ...values, leaseUntil: null },
  );
  return affected === 1;
}

/** Gives back what was claimed and not sent. */
export async function releaseMessage(
  manager: EntityManager,
  { id, attempts }: Pick<AlertMessageEntity, 'id' | 'attempts'>,
): Promise<void> {
  await manager.query(
    `UPDATE alert_messages SET lease_until = NULL, tries_left = tries_left + 1 WHERE id = $1 AND attempts = $2`,
    [id, attempts],
  );
}

/** Sends it once more, now, under the same id: false while it waits to be sent anyway. */
export async function sendAgain(
  manager: EntityManager,
  messageId: string,
  maxAttempts: number,
  now: Date,
): Promise<boolean> {
  const { affected } = await manager
    .createQueryBuilder()
    .update(AlertMessageEntity)
    .set({
      state: 'PENDING',
      triesLeft: maxAttempts,
      nextAttemptAt: now,
      leaseUntil: null,
      deliveredAt: null,
    })
    .where('id = :messageId', { messageId })
    .andWhere('(lease_until IS NULL OR lease_until <= :now)', { now })
    .execute();
  return affected === 1;
}

/**
 * Incidents that are over, because their alert was acknowledged or its window ended, get a message that ends them.
 * Returns how many.
 */
export async function insertResolutions(
  manager: EntityManager,
  newId: () => string,
  maxAttempts: number,
  now: Date,
): Promise<number> {
  const over: { id: string; channel_id: string }[] = await manager.query(
    `SELECT m.id, m.channel_id FROM alert_messages m
       JOIN alert_channels c ON c.id = m.channel_id AND c.type = 'PAGERDUTY' AND c.enabled AND c.deleted_at IS NULL
      WHERE m.state = 'DELIVERED' AND m.resolves_id IS NULL AND NOT m.resolved
        AND NOT EXISTS (SELECT FROM alert_deliveries d JOIN alerts a ON a.id = d.alert_id
                         WHERE d.message_id = m.id AND a.acknowledged_at IS NULL
                           AND (a.window_end IS NULL OR a.window_end > $1))
      LIMIT 100`,
    [now],
  );
  for (const { id, channel_id } of over) {
    await manager.query(`UPDATE alert_messages SET resolved = true WHERE id = $1`, [id]);
    await manager.query(
      `INSERT INTO alert_messages (id, channel_id, resolves_id, tries_left, next_attempt_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (resolves_id) DO NOTHING`,
      [newId(), channel_id, id, maxAttempts, now],
    );
  }
  return over.length;
}
