import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeploymentSource } from '../domain/models/deployment-source';

/** Where calls of a model are sent. */
@Entity('deployments')
export class DeploymentEntity {
  @PrimaryColumn('text')
  id: string;

  /** The name that callers use, or a pattern with `*`. */
  @Column('text')
  model: string;

  @Column('text')
  provider: string;

  /** The provider's name for the model; its stars stand for what the stars of `model` match. */
  @Column('text')
  upstreamModel: string;

  /** Null: where the provider's API lives. */
  @Column('text', { nullable: true })
  apiBase: string | null;

  /** Null when the secret comes from the configuration, or none is needed. */
  @Column('text', { nullable: true })
  credentialId: string | null;

  @Column('text')
  source: DeploymentSource;

  @Column('jsonb')
  metadata: Record<string, unknown>;

  /** False for one of the configuration that is not configured any more. */
  @Column('boolean')
  active: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
