import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';

/** A discount, a margin or both, in force from one instant until another. Amounts are decimal text. */
@Entity('price_adjustments')
export class PriceAdjustmentEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  scope: AdjustmentScope;

  /** Null for SERVER. */
  @Column('text', { nullable: true })
  scopeId: string | null;

  /** Null matches every provider. */
  @Column('text', { nullable: true })
  provider: string | null;

  /** Fraction taken off; null leaves the discount to less binding rules. */
  @Column('numeric', { nullable: true })
  discount: string | null;

  /** Fraction put on; null, together with the fixed amount, leaves the margin to less binding rules. */
  @Column('numeric', { nullable: true })
  marginPercentage: string | null;

  @Column('numeric', { nullable: true })
  marginFixedUsd: string | null;

  @Column('timestamptz')
  effectiveFrom: Date;

  @Column('timestamptz', { nullable: true })
  effectiveUntil: Date | null;

  @Column('text')
  reason: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;
}
