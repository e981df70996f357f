import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../domain/alerts/alert-message';
import type { AlertKind } from '../domain/alerts/kinds';

/** Something that a rule noticed. Whom it concerned is kept as it was then. */
@Entity('alerts')
export class AlertEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  ruleId: string;

  @Column('text')
  kind: AlertKind;

  @Column('text')
  severity: AlertSeverity;

  @Column('text')
  scope: string;

  @Column('text')
  scopeId: string;

  /** Null for what spans organizations. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text', { nullable: true })
  teamId: string | null;

  @Column('text', { nullable: true })
  projectId: string | null;

  @Column('text', { nullable: true })
  userId: string | null;

  @Column('text', { nullable: true })
  keyId: string | null;

  @Column('text', { nullable: true })
  limitId: string | null;

  @Column('timestamptz', { nullable: true })
  windowStart: Date | null;

  @Column('timestamptz', { nullable: true })
  windowEnd: Date | null;

  @Column('text', { nullable: true })
  threshold: string | null;

  @Column('text')
  subject: string;

  @Column('text')
  title: string;

  @Column('text')
  message: string;

  /** Amounts in it are decimal text. */
  @Column('jsonb')
  details: Record<string, unknown>;

  @Column('timestamptz')
  raisedAt: Date;

  /** Nobody is told before: quiet hours end then. */
  @Column('timestamptz', { nullable: true })
  heldUntil: Date | null;

  /** Told then, with what else was gathered. */
  @Column('timestamptz', { nullable: true })
  digestAt: Date | null;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;

  @Column('text', { nullable: true })
  acknowledgedBy: string | null;

  @Column('text', { nullable: true })
  acknowledgeNote: string | null;
}
