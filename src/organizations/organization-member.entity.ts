import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MemberRole } from '../access/principal';

@Entity('organization_members')
export class OrganizationMemberEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  organizationId: string;

  @Column('text')
  userId: string;

  @Column('text')
  role: MemberRole;

  @Column('timestamptz')
  createdAt: Date;
}
