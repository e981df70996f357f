import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ServerRole } from '../access/principal';

@Entity('users')
export class UserEntity {
  @PrimaryColumn('text')
  id: string;

  /** Unique among the users that are not deleted, in any case. */
  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text')
  role: ServerRole;

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
