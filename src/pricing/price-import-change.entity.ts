import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FieldChange, PriceChangeKind } from '../domain/pricing/price-map-diff';

/** One model that an import changes. */
@Entity('price_import_changes')
export class PriceImportChangeEntity {
  /** The import's id and the place in it. */
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  importId: string;

  @Column('text')
  kind: PriceChangeKind;

  @Column('text', { nullable: true })
  provider: string | null;

  @Column('text')
  model: string;

  /** The new price; null for REMOVED and UNREADABLE. */
  @Column('jsonb', { nullable: true })
  sheet: object | null;

  /** The imported version that ends; null when there is none. */
  @Column('text', { nullable: true })
  priceId: string | null;

  @Column('jsonb')
  fields: FieldChange[];

  /** Why the entry cannot be read; null for the other kinds. */
  @Column('text', { nullable: true })
  reason: string | null;
}
