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

  /** Whether signing in made it; such a token ends by itself, and does not count among those that people make. */
  @Column('boolean')
  isSession: boolean;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
