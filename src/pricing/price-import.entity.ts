import { Column, Entity, PrimaryColumn } from 'typeorm';

export type PriceImportStatus = 'PENDING' | 'APPROVED' | 'REJECTED';

/** A cost key of a map that is not understood, and the models that have it. */
export interface UnknownCostKey {
  readonly key: string;
  readonly models: readonly string[];
}

/** A price map that somebody handed in, and what became of it. */
@Entity('price_imports')
export class PriceImportEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  status: PriceImportStatus;

  @Column('text')
  source: string;

  /** Of the map's text, in hexadecimal. */
  @Column('text')
  sha256: string;

  /** Names the imported prices that the map was compared with. */
  @Column('text')
  basis: string;

  @Column('integer')
  added: number;

  @Column('integer')
  changed: number;

  @Column('integer')
  removed: number;

  @Column('integer')
  unreadable: number;

  @Column('integer')
  unchanged: number;

  @Column('integer')
  unpriced: number;

  @Column('jsonb')
  unknownKeys: UnknownCostKey[];

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  /** Null unless approved. */
  @Column('timestamptz', { nullable: true })
  effectiveFrom: Date | null;
}
