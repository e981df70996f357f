import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LimitUnit } from '../domain/limits/scope';
import { moneyColumn } from '../platform/database/money-column';

/** What stands against a limit in one of its windows. Written by the ledger's functions alone. */
@Entity('limit_windows')
export class LimitWindowEntity {
  @PrimaryColumn('bigint')
  id: string;

  @Column('text')
  limitId: string;

  @Column('text')
  unit: LimitUnit;

  @Column('timestamptz')
  startsAt: Date;

  @Column('timestamptz', { nullable: true })
  endsAt: Date | null;

  @Column('numeric', { transformer: moneyColumn })
  spent: bigint;

  @Column('numeric', { transformer: moneyColumn })
  reserved: bigint;
}
