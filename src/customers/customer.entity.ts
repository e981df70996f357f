import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An end user of the applications of one organization. */
@Entity('customers')
export class CustomerEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  organizationId: string;

  /** The id that applications send for it: as text in calls, and in spend rows. */
  @Column('text')
  externalId: string;

  @Column('text', { nullable: true })
  alias: string | null;

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  /** The value of `ledger_state.limits_version` when it was last blocked or unblocked. */
  @Column('bigint')
  version: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
