import type { DataSource, EntityManager } from 'typeorm';
import { isTold } from '../domain/alerts/channel';
import { newId } from '../domain/ids';
import type { Clock } from '../platform/clock';
import type { AlertChannelEntity } from './alert-channel.entity';
import { channelsOf } from './alert-channel.repository';
import { insertDeliveries, type NewDelivery } from './message.repository';
import { takeFromOutbox, type OutboxAlert } from './outbox.repository';
import { ownersAddresses } from './owner-mail';

const BATCH = 100;

/**
 * Turns alerts that were raised into messages to the channels that hear of them. An alert leaves the outbox in the
 * transaction that writes its messages: a crash loses none, and no two processes tell the same one.
 */
export async function fanOut(db: DataSource, clock: Clock, maxAttempts: number): Promise<number> {
  let told = 0;
  for (;;) {
    const count = await db.transaction((manager) => fanOutBatch(manager, clock, maxAttempts));
    told += count;
    if (count < BATCH) return told;
  }
}

async function fanOutBatch(manager: EntityManager, clock: Clock, maxAttempts: number): Promise<number> {
  const alerts = await takeFromOutbox(manager, BATCH);
  if (alerts.length === 0) return 0;
  const organizationIds = alerts.flatMap(({ message }) => message.organizationId ?? []);
  const channels = await channelsOf(manager, [...new Set(organizationIds)]);
  const now = new Date(clock.now());
  const deliveries = alerts.flatMap((alert) =>
    channels
      .filter((channel) => isTold(channel, alert.message, alert.ruleChannelIds))
      .flatMap((channel) => deliveryOf(alert, channel, now)),
  );
  // In one order, so that two processes that add to the same messages cannot wait for each other.
  deliveries.sort((a, b) => (a.channelId < b.channelId ? -1 : a.channelId > b.channelId ? 1 : 0));
  await insertDeliveries(manager, deliveries, maxAttempts, now);
  return alerts.length;
}

function deliveryOf(alert: OutboxAlert, channel: AlertChannelEntity, now: Date): NewDelivery[] {
  const recipients = recipientsOf(alert, channel);
  if (channel.type === 'EMAIL' && (recipients ?? channel.recipients).length === 0) return [];
  const nowMs = now.getTime();
  const dueMs = Math.max(nowMs, alert.heldUntil?.getTime() ?? nowMs, alert.digestAt?.getTime() ?? nowMs);
  // LiteLLM's payload tells of one budget, and a mail to other people is not theirs to read together.
  const isAlone = channel.type === 'LITELLM_WEBHOOK' || recipients !== null;
  return [
    {
      deliveryId: newId('alertDelivery', nowMs),
      messageId: newId('alertMessage', nowMs),
      alertId: alert.message.id,
      channelId: channel.id,
      recipients,
      digestAt: isAlone ? null : alert.digestAt,
      dueAt: new Date(dueMs),
    },
  ];
}

/** The mail that the configuration asks for goes to those whom an alert concerns as well. */
function recipientsOf(alert: OutboxAlert, channel: AlertChannelEntity): string[] | null {
  if (channel.type !== 'EMAIL' || channel.source !== 'CONFIG') return null;
  const more = ownersAddresses(alert);
  return more.length === 0 ? null : [...new Set([...channel.recipients, ...more])];
}
