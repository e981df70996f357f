import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LimitScope } from '../domain/limits/scope';

/** A template given to one holder, or (`holderId` empty) to each of a kind within something. */
@Entity('template_assignments')
export class AssignmentEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  templateId: string;

  /** The organization that the holders belong to; null when they may be of several. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text')
  holderScope: LimitScope;

  @Column('text')
  holderId: string;

  @Column('text')
  withinScope: LimitScope | '';

  @Column('text')
  withinId: string;

  /** The value of `ledger_state.limits_version` at the last change. */
  @Column('bigint')
  version: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
