import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import { byInstant, type Page, type PageRequest } from '../platform/database/keyset';
import { keysetChildren, type ParentKey } from '../platform/database/keyset-children';
import { AlertChannelEntity } from './alert-channel.entity';
import { AlertDeliveryEntity } from './alert-delivery.entity';
import { AlertMessageEntity, type MessageState } from './alert-message.entity';
import { findMessages } from './message.repository';

/** A delivery, and the message by which it is made. */
export interface DeliveryRow extends Pick<
  AlertDeliveryEntity,
  'id' | 'alertId' | 'channelId' | 'messageId' | 'createdAt'
> {
  readonly message: AlertMessageEntity;
}

export interface DeliveryFilter {
  readonly state?: MessageState | null | undefined;
}

/** Whoever sees the channel sees what it was told. */
const VISIBLE_BY = { organization: 'channel.organization_id', team: 'channel.team_id' };

const NEWEST_FIRST = byInstant<AlertDeliveryEntity>(
  'delivery.createdAt',
  'delivery.created_at',
  (row) => row.createdAt,
  { descending: true },
);

const OF_ALERT: ParentKey<AlertDeliveryEntity> = { column: 'delivery.alert_id', idOf: (row) => row.alertId };
const OF_CHANNEL: ParentKey<AlertDeliveryEntity> = {
  column: 'delivery.channel_id',
  idOf: (row) => row.channelId,
};

/** The deliveries of each alert, newest first. */
export async function listDeliveriesOfAlerts(
  manager: EntityManager,
  visibility: Visibility,
  alertIds: readonly string[],
  page: PageRequest & DeliveryFilter,
): Promise<Map<string, Page<DeliveryRow>>> {
  const query = deliveriesInState(manager, visibility, page);
  return withMessages(manager, await keysetChildren(query, OF_ALERT, alertIds, NEWEST_FIRST, page));
}

/** What each channel was told, newest first. */
export async function listDeliveriesOfChannels(
  manager: EntityManager,
  visibility: Visibility,
  channelIds: readonly string[],
  page: PageRequest & DeliveryFilter,
): Promise<Map<string, Page<DeliveryRow>>> {
  const query = deliveriesInState(manager, visibility, page);
  return withMessages(manager, await keysetChildren(query, OF_CHANNEL, channelIds, NEWEST_FIRST, page));
}

export async function findDeliveries(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<DeliveryRow[]> {
  const rows = await visibleDeliveries(manager, visibility)
    .andWhere('delivery.id = ANY(:ids)', { ids })
    .getMany();
  return rowsWithMessages(manager, rows);
}

/** The deliveries of an alert, to one channel or to all that are visible and not deleted. */
export async function deliveriesToRepeat(
  manager: EntityManager,
  visibility: Visibility,
  alertId: string,
  channelId: string | null,
): Promise<AlertDeliveryEntity[]> {
  const query = visibleDeliveries(manager, visibility)
    .andWhere('delivery.alert_id = :alertId', { alertId })
    .andWhere('channel.deleted_at IS NULL');
  if (channelId !== null) query.andWhere('delivery.channel_id = :channelId', { channelId });
  return query.getMany();
}

function visibleDeliveries(
  manager: EntityManager,
  visibility: Visibility,
): SelectQueryBuilder<AlertDeliveryEntity> {
  const query = manager
    .createQueryBuilder(AlertDeliveryEntity, 'delivery')
    .innerJoin(AlertChannelEntity, 'channel', 'channel.id = delivery.channel_id')
    .where('TRUE');
  return onlyVisible(query, visibility, VISIBLE_BY);
}

function deliveriesInState(
  manager: EntityManager,
  visibility: Visibility,
  { state }: DeliveryFilter,
): SelectQueryBuilder<AlertDeliveryEntity> {
  const query = visibleDeliveries(manager, visibility);
  if (state == null) return query;
  return query
    .innerJoin(AlertMessageEntity, 'message', 'message.id = delivery.message_id')
    .andWhere('message.state = :state', { state });
}

async function withMessages(
  manager: EntityManager,
  pages: ReadonlyMap<string, Page<AlertDeliveryEntity>>,
): Promise<Map<string, Page<DeliveryRow>>> {
  const all = [...pages.values()].flatMap(({ rows }) => rows);
  const found = new Map((await rowsWithMessages(manager, all)).map((row) => [row.id, row]));
  return new Map(
    [...pages].map(([id, page]) => [
      id,
      { ...page, rows: page.rows.flatMap((row) => found.get(row.id) ?? []) },
    ]),
  );
}

async function rowsWithMessages(
  manager: EntityManager,
  rows: readonly AlertDeliveryEntity[],
): Promise<DeliveryRow[]> {
  const ids = [...new Set(rows.map(({ messageId }) => messageId))];
  const messages = new Map((await findMessages(manager, ids)).map((message) => [message.id, message]));
  return rows.flatMap(({ id, alertId, channelId, messageId, createdAt }) => {
    const message = messages.get(messageId);
    return message === undefined ? [] : [{ id, alertId, channelId, messageId, createdAt, message }];
  });
}
