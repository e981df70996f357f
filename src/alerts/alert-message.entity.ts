import { Column, Entity, PrimaryColumn } from 'typeorm';

export const MESSAGE_STATES = ['PENDING', 'DELIVERED', 'DEAD', 'CANCELLED'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What is sent to a channel at once, and how that went. */
@Entity('alert_messages')
export class AlertMessageEntity {
  /** Told to the receiver, the same at every attempt. */
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  channelId: string;

  /** The message whose incident this one ends; null for all others. */
  @Column('text', { nullable: true })
  resolvesId: string | null;

  /** Whom this mail goes to instead of the channel's own recipients; null: to those. */
  @Column('text', { array: true, nullable: true })
  recipients: string[] | null;

  /** Alerts are gathered in it until then; null: it holds one. */
  @Column('timestamptz', { nullable: true })
  digestAt: Date | null;

  @Column('text')
  state: MessageState;

  /** How often it was sent. */
  @Column('integer')
  attempts: number;

  /** How often it is sent at most from now on. */
  @Column('integer')
  triesLeft: number;

  @Column('timestamptz')
  nextAttemptAt: Date;

  /** A process is sending it until then; null: none is. */
  @Column('timestamptz', { nullable: true })
  leaseUntil: Date | null;

  @Column('timestamptz', { nullable: true })
  lastAttemptAt: Date | null;

  /** Of the last answer; null when none came. */
  @Column('integer', { nullable: true })
  httpStatus: number | null;

  /** Of the last attempt. */
  @Column('integer', { nullable: true })
  durationMs: number | null;

  /** Of the last attempt, without secrets; null when it was taken. */
  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
