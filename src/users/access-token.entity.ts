import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('access_tokens')
export class AccessTokenEntity {
  @PrimaryColumn('text')
  id: string;

  /** Null for one of a service account. */
  @Column('text', { nullable: true })
  userId: string | null;

  /** Null for one of a user. */
  @Column('text', { nullable: true })
  serviceAccountId: string | null;

  /** Of the service account, which never moves; null for a user, who is no tenant's. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text', { nullable: true })
  teamId: string | null;

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
