import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One secret of a key. The secret itself is nowhere: only its keyed hash. */
@Entity('virtual_key_secrets')
export class KeySecretEntity {
  @PrimaryColumn('bytea')
  hash: Buffer;

  @Column('text')
  keyId: string;

  @Column('text')
  display: string;

  /** When a secret that was replaced stops working; null for the current one. */
  @Column('timestamptz', { nullable: true })
  validUntil: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
