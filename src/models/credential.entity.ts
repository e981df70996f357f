import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret of a provider, sealed. */
@Entity('credentials')
export class CredentialEntity {
  @PrimaryColumn('text')
  id: string;

  /** Name for people, unique among credentials that are not deleted. */
  @Column('text')
  name: string;

  @Column('text')
  provider: string;

  /** The secret as SecretBox seals it, for the row's id. Emptied when the credential is deleted. */
  @Column('bytea', { select: false })
  ciphertext: Buffer;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
