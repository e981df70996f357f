import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { ChannelType } from '../domain/alerts/channel';

/** Where alerts are sent. */
@Entity('alert_channels')
export class AlertChannelEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null: of the whole server. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text', { nullable: true })
  teamId: string | null;

  /** Name for people. */
  @Column('text')
  name: string;

  @Column('text')
  type: ChannelType;

  /** CONFIG: the secrets are in the memory of the processes that are configured so. */
  @Column('text')
  source: 'API' | 'CONFIG';

  /** Scheme and host of the receiver; the rest of its address may be its secret. Null for mail. */
  @Column('text', { nullable: true })
  target: string | null;

  @Column('text', { array: true })
  recipients: string[];

  /** `ChannelSecrets` as SecretBox seals them, for the row's id. Null when there are none, or it was deleted. */
  @Column('bytea', { select: false, nullable: true })
  ciphertext: Buffer | null;

  @Column('boolean')
  enabled: boolean;

  /** Null: alerts of every kind. */
  @Column('text', { array: true, nullable: true })
  kinds: string[] | null;

  @Column('text')
  minimumSeverity: AlertSeverity;

  /** Null: alerts of every scope. */
  @Column('text', { array: true, nullable: true })
  scopes: string[] | null;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
