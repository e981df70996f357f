import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MemberKeyPolicy } from '../domain/keys/member-keys';
import type { Money } from '../domain/money/money';
import { moneyColumn } from '../platform/database/money-column';

@Entity('member_key_policies')
export class MemberKeyPolicyEntity implements MemberKeyPolicy {
  @PrimaryColumn('text')
  teamId: string;

  @Column('text')
  organizationId: string;

  @Column('boolean')
  enabled: boolean;

  @Column('text', { array: true })
  models: string[];

  @Column('numeric', { transformer: moneyColumn, nullable: true })
  maxAmount: Money | null;

  @Column('text', { nullable: true })
  duration: string | null;

  @Column('integer', { nullable: true })
  maxLifetimeSeconds: number | null;

  @Column('integer', { nullable: true })
  maxKeys: number | null;

  @Column('timestamptz')
  updatedAt: Date;
}

/** What holds in a team that nobody has set anything for. */
export const NO_MEMBER_KEYS: MemberKeyPolicy = {
  enabled: false,
  models: [],
  maxAmount: null,
  duration: null,
  maxLifetimeSeconds: null,
  maxKeys: null,
};
