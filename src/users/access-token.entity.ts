import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('access_tokens')
export class AccessTokenEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  userId: string;

  @Column('text')
  name: string;

  /** Keyed hash of the secret, which is nowhere stored. Left out of ordinary reads. */
  @Column('bytea', { select: false })
  hash: Buffer;

  /** What may be shown of the secret for ever. */
  @Column('text')
  display: string;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
