import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A price rule as it is stored: one version, in force from one instant until another. */
@Entity('prices')
export class PriceEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  scope: 'KEY' | 'TEAM' | 'ORGANIZATION' | 'DEPLOYMENT' | 'MODEL' | 'CATALOGUE';

  /** Null for MODEL and CATALOGUE, which is a list price that was imported. */
  @Column('text', { nullable: true })
  scopeId: string | null;

  /** Null matches every provider. */
  @Column('text', { nullable: true })
  provider: string | null;

  /** Name or pattern. */
  @Column('text')
  model: string;

  /** Rates as decimal text, in the form of `priceSheetToJson`. */
  @Column('jsonb')
  sheet: object;

  @Column('timestamptz')
  effectiveFrom: Date;

  @Column('timestamptz', { nullable: true })
  effectiveUntil: Date | null;

  @Column('text')
  source: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;
}
