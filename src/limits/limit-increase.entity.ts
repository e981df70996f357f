import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moneyColumn } from '../platform/database/money-column';

/** More room for a while. It ends by itself when the ledger's clock reaches `expiresAt`. */
@Entity('limit_increases')
export class LimitIncreaseEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  limitId: string;

  @Column('numeric', { transformer: moneyColumn })
  amount: bigint;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('text')
  reason: string;

  @Column('text')
  actor: string;

  @Column('timestamptz')
  createdAt: Date;

  /** When the limits' version turned after it expired; null until then. */
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
