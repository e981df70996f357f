import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LimitPolicy } from '../domain/limits/limit-policy';
import type { Enforcement, LimitScope, LimitUnit } from '../domain/limits/scope';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { WindowAlignment, WindowPeriod, WindowSpec } from '../domain/limits/window-spec';
import { moneyColumn } from '../platform/database/money-column';

/** An amount of a unit, in a window, on a scope. Amounts of every unit are whole 1e-12ths, as Money is. */
@Entity('limits')
export class LimitEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  scope: LimitScope;

  @Column('text')
  scopeId: string;

  /** The organization that the scope belongs to; null for scopes that span organizations. */
  @Column('text', { nullable: true })
  organizationId: string | null;

  @Column('text')
  unit: LimitUnit;

  @Column('numeric', { transformer: moneyColumn })
  amount: bigint;

  @Column('numeric', { transformer: moneyColumn, nullable: true })
  softAmount: bigint | null;

  @Column('text')
  period: WindowPeriod;

  @Column('integer')
  periodCount: number;

  @Column('text')
  alignment: WindowAlignment;

  @Column('timestamptz', { nullable: true })
  anchorAt: Date | null;

  @Column('text')
  timezone: string;

  @Column('integer')
  startOfDayMinutes: number;

  @Column('integer')
  firstDayOfWeek: number;

  @Column('integer')
  fiscalStartMonth: number;

  @Column('text', { array: true })
  models: string[];

  @Column('text')
  enforcement: Enforcement;

  @Column('text')
  onStoreFailure: StoreFailurePolicy;

  @Column('text')
  mode: LimitPolicy['mode'];

  @Column('text')
  onExhaustion: LimitPolicy['onExhaustion'];

  @Column('text', { nullable: true })
  fallbackModel: string | null;

  @Column('integer', { nullable: true })
  throttleMaxWaitMs: number | null;

  @Column('text')
  unboundedInput: LimitPolicy['unboundedInput'];

  @Column('integer', { nullable: true })
  unboundedInputTokens: number | null;

  /** Percentages of the amount at which alerts are raised, as decimal text. */
  @Column('text', { array: true })
  alertThresholds: string[];

  /** The value of `ledger_state.limits_version` at the last change. */
  @Column('bigint')
  version: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}

export function policyOf(limit: LimitEntity): LimitPolicy {
  const { mode, onExhaustion, fallbackModel, throttleMaxWaitMs, unboundedInput, unboundedInputTokens } =
    limit;
  return { mode, onExhaustion, fallbackModel, throttleMaxWaitMs, unboundedInput, unboundedInputTokens };
}

export function windowSpecOf(limit: LimitEntity): WindowSpec {
  return {
    period: limit.period,
    count: limit.periodCount,
    alignment: limit.alignment,
    anchorMs: limit.anchorAt?.getTime() ?? null,
    timezone: limit.timezone,
    startOfDayMinutes: limit.startOfDayMinutes,
    firstDayOfWeek: limit.firstDayOfWeek,
    fiscalStartMonth: limit.fiscalStartMonth,
  };
}
