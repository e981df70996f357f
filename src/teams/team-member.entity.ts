import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MemberRole } from '../access/principal';

@Entity('team_members')
export class TeamMemberEntity {
  @PrimaryColumn('text')
  id: string;

  /** The team's, so that members are found by organization without a join. */
  @Column('text')
  organizationId: string;

  @Column('text')
  teamId: string;

  @Column('text')
  userId: string;

  @Column('text')
  role: MemberRole;

  @Column('timestamptz')
  createdAt: Date;
}
