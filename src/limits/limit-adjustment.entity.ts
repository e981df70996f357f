import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moneyColumn } from '../platform/database/money-column';

/** What an adjustment was: room given back, or what is spent set anew. */
export const ADJUSTMENT_KINDS = ['CREDIT', 'RESET'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

/** A credit or a reset: a signed row that is never changed. */
@Entity('limit_adjustments')
export class LimitAdjustmentEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  limitId: string;

  @Column('text')
  assignmentId: string;

  @Column('text')
  holderId: string;

  @Column('text')
  kind: AdjustmentKind;

  /** Added to what is spent in the window of `bookedAt`. */
  @Column('numeric', { transformer: moneyColumn })
  amount: bigint;

  @Column('timestamptz')
  bookedAt: Date;

  @Column('text')
  actor: string;

  @Column('text')
  reason: string;
}
