import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('organizations')
export class OrganizationEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  /** Models that its keys may use, as names or patterns with `*`; empty means all. */
  @Column('text', { array: true })
  models: string[];

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  /** Whether the holders of its keys are told no amounts. */
  @Column('boolean')
  hidesAmounts: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  archivedAt: Date | null;
}

/** Where teams and keys live that were made without naming an organization. */
export const DEFAULT_ORGANIZATION_ID = 'org_default';
