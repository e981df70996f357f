import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CostStatus } from '../domain/pricing/cost';
import type { CostPart } from '../domain/pricing/usage-measures';
import type { Usage } from '../domain/usage/usage';
import { moneyColumn } from '../platform/database/money-column';
import type { SpendKind, SpendStatus, UsageSource } from '../domain/spend/spend-words';

/** One row of the append-only log. The ledger's functions write it; an absent id is the empty text. */
@Entity('spend_logs')
export class SpendLogEntity {
  @PrimaryColumn('text')
  id: string;

  /** Grows with every row, in the order of booking as far as one transaction can tell. */
  @Column('bigint')
  seq: string;

  @Column('text')
  kind: SpendKind;

  @Column('text', { nullable: true })
  callId: string | null;

  @Column('timestamptz')
  admittedAt: Date;

  @Column('timestamptz')
  bookedAt: Date;

  @Column('text')
  status: SpendStatus;

  @Column('numeric', { transformer: moneyColumn, nullable: true })
  cost: bigint | null;

  @Column('text')
  pricingStatus: CostStatus;

  @Column('text', { nullable: true })
  priceId: string | null;

  /** Decimal text per part; parts that are zero are left out. */
  @Column('jsonb', { nullable: true })
  costBreakdown: Partial<Record<CostPart, string>> | null;

  @Column('numeric', { transformer: moneyColumn })
  hold: bigint;

  @Column('numeric', { transformer: moneyColumn })
  overrun: bigint;

  @Column('integer')
  requests: number;

  @Column('jsonb')
  usage: Usage;

  @Column('text')
  usageSource: UsageSource;

  @Column('bigint')
  inputTokens: string;

  @Column('bigint')
  outputTokens: string;

  @Column('text', { nullable: true })
  servedModel: string | null;

  @Column('integer', { nullable: true })
  durationMs: number | null;

  @Column('integer', { nullable: true })
  firstByteMs: number | null;

  @Column('integer', { nullable: true })
  httpStatus: number | null;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('text', { nullable: true })
  actor: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text')
  organizationId: string;

  @Column('text')
  organizationName: string;

  @Column('text')
  teamId: string;

  @Column('text')
  teamName: string;

  @Column('text')
  projectId: string;

  @Column('text')
  userId: string;

  @Column('text')
  keyId: string;

  @Column('text')
  keyAlias: string;

  @Column('text')
  customerId: string;

  @Column('text', { array: true })
  tags: string[];

  @Column('jsonb')
  metadata: Record<string, unknown>;

  @Column('text')
  provider: string;

  @Column('text')
  deploymentId: string;

  @Column('text')
  model: string;

  @Column('text')
  endpoint: string;

  @Column('boolean')
  stream: boolean;
}
