import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { onlyVisible, type Visibility } from '../access/visibility';
import type { ChannelType } from '../domain/alerts/channel';
import { byInstant, keysetPage, type Page, type PageRequest } from '../platform/database/keyset';
import { AlertChannelEntity } from './alert-channel.entity';

/** Those of the whole server are seen by whoever sees everything. */
const VISIBLE_BY = { organization: 'channel.organization_id', team: 'channel.team_id' };

export interface AlertChannelFilter {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly type?: ChannelType | null | undefined;
}

export async function findAlertChannels(
  manager: EntityManager,
  visibility: Visibility,
  ids: readonly string[],
): Promise<AlertChannelEntity[]> {
  const query = channels(manager).where('channel.id = ANY(:ids)', { ids });
  return onlyVisible(query, visibility, VISIBLE_BY).getMany();
}

export async function listAlertChannels(
  manager: EntityManager,
  visibility: Visibility,
  filter: AlertChannelFilter,
  page: PageRequest,
): Promise<Page<AlertChannelEntity>> {
  const query = channels(manager).where('channel.deleted_at IS NULL');
  const equals = { organization_id: filter.organizationId, team_id: filter.teamId, type: filter.type };
  for (const [column, value] of Object.entries(equals)) {
    if (value != null) query.andWhere(`channel.${column} = :${column}`, { [column]: value });
  }
  const order = byInstant<AlertChannelEntity>(
    'channel.createdAt',
    'channel.created_at',
    (row) => row.createdAt,
  );
  return keysetPage(onlyVisible(query, visibility, VISIBLE_BY), order, page);
}

/** The channel with its sealed secrets, locked until the transaction ends; null when it is absent or deleted. */
export async function lockAlertChannel(
  manager: EntityManager,
  id: string,
): Promise<AlertChannelEntity | null> {
  return withSecrets(manager)
    .where('channel.id = :id AND channel.deleted_at IS NULL', { id })
    .setLock('pessimistic_write')
    .getOne();
}

/** The channels with their sealed secrets, deleted ones left out. */
export async function openAlertChannels(
  manager: EntityManager,
  ids: readonly string[],
): Promise<AlertChannelEntity[]> {
  return withSecrets(manager)
    .where('channel.id = ANY(:ids) AND channel.deleted_at IS NULL', { ids })
    .getMany();
}

/** Those that may hear of alerts of these organizations, and those of the whole server. */
export async function channelsOf(
  manager: EntityManager,
  organizationIds: readonly string[],
): Promise<AlertChannelEntity[]> {
  return channels(manager)
    .where('channel.deleted_at IS NULL AND channel.enabled')
    .andWhere('(channel.organization_id IS NULL OR channel.organization_id = ANY(:organizationIds))', {
      organizationIds,
    })
    .getMany();
}

/** What waits to be sent to the channel is not sent any more. */
export async function cancelMessages(manager: EntityManager, channelId: string): Promise<void> {
  await manager.query(
    `UPDATE alert_messages SET state = 'CANCELLED', lease_until = NULL WHERE channel_id = $1 AND state = 'PENDING'`,
    [channelId],
  );
}

/** A channel that the configuration names, as the database shows it. */
export interface ConfiguredChannelRow {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly target: string | null;
  readonly recipients: readonly string[];
  readonly kinds: readonly string[] | null;
}

/** Makes the configured channels of the database those given, and ends the ones that are not configured any more. */
export async function syncConfiguredChannels(
  manager: EntityManager,
  rows: readonly ConfiguredChannelRow[],
): Promise<void> {
  // Two servers that start together write the same rows: one after the other, else they could deadlock.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('alert_channels.sync'))`);
  await manager.query(
    `INSERT INTO alert_channels AS c (id, name, type, source, target, recipients, kinds, created_by)
     SELECT id, name, type, 'CONFIG', target, recipients, kinds, 'configuration'
       FROM jsonb_to_recordset($1::jsonb)
         AS t(id text, name text, type text, target text, recipients text[], kinds text[])
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, target = excluded.target,
            recipients = excluded.recipients, kinds = excluded.kinds, deleted_at = NULL, updated_at = now()
      WHERE c.source = 'CONFIG'`,
    [JSON.stringify(rows)],
  );
  await manager.query(
    `UPDATE alert_channels SET deleted_at = now(), updated_at = now()
      WHERE source = 'CONFIG' AND deleted_at IS NULL AND NOT (id = ANY($1))`,
    [rows.map(({ id }) => id)],
  );
}

function channels(manager: EntityManager): SelectQueryBuilder<AlertChannelEntity> {
  return manager.createQueryBuilder(AlertChannelEntity, 'channel');
}

function withSecrets(manager: EntityManager): SelectQueryBuilder<AlertChannelEntity> {
  return channels(manager).addSelect('channel.ciphertext');
}
