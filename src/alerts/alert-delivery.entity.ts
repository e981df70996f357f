import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That an alert goes to a channel, and by which message. There is one for each pair. */
@Entity('alert_deliveries')
export class AlertDeliveryEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  alertId: string;

  @Column('text')
  channelId: string;

  @Column('text')
  messageId: string;

  @Column('timestamptz')
  createdAt: Date;
}
