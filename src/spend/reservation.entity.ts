import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moneyColumn } from '../platform/database/money-column';

/** A call that the ledger admitted, as far as readers need it. The ledger's functions write it. */
@Entity('reservations')
export class ReservationEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  state: 'RESERVED' | 'SETTLED' | 'VOIDED' | 'EXPIRED';

  @Column('timestamptz')
  admittedAt: Date;

  @Column('timestamptz')
  deadlineAt: Date;

  @Column('numeric', { transformer: moneyColumn })
  hold: bigint;

  @Column('bigint')
  holdInputTokens: string;

  @Column('bigint')
  holdOutputTokens: string;

  @Column('text')
  organizationId: string;

  @Column('text')
  teamId: string;

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

  @Column('text')
  provider: string;

  @Column('text')
  model: string;

  @Column('text')
  endpoint: string;

  @Column('boolean')
  stream: boolean;
}
