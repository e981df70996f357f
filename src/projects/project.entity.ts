import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('projects')
export class ProjectEntity {
  @PrimaryColumn('text')
  id: string;

  /** The team's, so that projects are found by organization without a join. */
  @Column('text')
  organizationId: string;

  @Column('text')
  teamId: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  description: string | null;

  /** Models that its keys may use, as names or patterns with `*`; empty means all that the team may use. */
  @Column('text', { array: true })
  models: string[];

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  archivedAt: Date | null;
}
