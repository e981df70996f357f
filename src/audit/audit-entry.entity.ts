import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who can be named as the one who changed something. */
export const AUDIT_ACTOR_KINDS = [
  'USER',
  'SERVICE_ACCOUNT',
  'KEY',
  'MASTER',
  'ANONYMOUS',
  'SYSTEM',
  'DATABASE',
] as const;
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number];

/** One change of one thing, written by the database in the transaction that made it. Never changed and never deleted. */
@Entity('audit_entries')
export class AuditEntryEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  actorKind: AuditActorKind;

  /** Id of the user or key, or the database role. */
  @Column('text', { nullable: true })
  actorId: string | null;

  @Column('text', { nullable: true })
  onBehalfOf: string | null;

  @Column('text')
  action: string;

  @Column('text')
  subjectType: string;

  @Column('text', { nullable: true })
  subjectId: string | null;

  @Column('text', { nullable: true })
  organizationId: string | null;

  /** By column; null when the subject was made. */
  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  /** By column; null when the subject was deleted. */
  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;

  @Column('text', { nullable: true })
  requestId: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { nullable: true })
  userAgent: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
