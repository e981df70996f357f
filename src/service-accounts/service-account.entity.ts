import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MemberRole } from '../access/principal';

@Entity('service_accounts')
export class ServiceAccountEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  organizationId: string;

  /** Null for one of the whole organization. It never moves. */
  @Column('text', { nullable: true })
  teamId: string | null;

  /** Unique in its team or organization among those that are not deleted, in any case. */
  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text')
  role: MemberRole;

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  /** Name of the principal who made it. */
  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
