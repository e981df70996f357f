import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('virtual_keys')
export class VirtualKeyEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  organizationId: string;

  @Column('text', { nullable: true })
  teamId: string | null;

  @Column('text', { nullable: true })
  projectId: string | null;

  /** Whose key it is; null for a key of no user. */
  @Column('text', { nullable: true })
  userId: string | null;

  /** The service account whose key it is; null for a key of none, and where there is a user. */
  @Column('text', { nullable: true })
  serviceAccountId: string | null;

  /** Name for people, unique among keys that are not deleted. */
  @Column('text', { nullable: true })
  alias: string | null;

  /** What may be shown of the newest secret, such as `sk-...abcd`. */
  @Column('text')
  display: string;

  /** Models it may use, as names or patterns with `*`; empty means all that its owners allow. */
  @Column('text', { array: true })
  models: string[];

  @Column('text', { array: true })
  tags: string[];

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('boolean')
  blocked: boolean;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  /** Bound on the output of each call, in tokens; null for none of its own. */
  @Column('integer', { nullable: true })
  maxOutputTokens: number | null;

  /** Grows with every change, so that a reservation can tell that its copy of the key is old. */
  @Column('integer')
  version: number;

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
