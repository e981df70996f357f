import { Field, ID, ObjectType } from 'type-graphql';
import type { Enforcement, LimitScope, LimitUnit } from '../domain/limits/scope';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { WindowSpec } from '../domain/limits/window-spec';
import { formatMoney } from '../domain/money/decimal-text';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import { LimitWindowSpec, toLimitWindowSpec } from './limit-window-spec.type';
import { LimitPolicyFields } from './limit-policy.type';
import { LimitEnforcementEnum, LimitScopeEnum, LimitUnitEnum, StoreFailurePolicyEnum } from './limit.enum';
import { policyOf, windowSpecOf, type LimitEntity } from './limit.entity';

@ObjectType('Limit', {
  implements: Node,
  description:
    'An amount of a unit, in a window of time, on a scope: budgets, rate limits and limits on parallel calls are all ' +
    'this. Every limit on the path of a call must have room for it.',
})
export class Limit extends LimitPolicyFields implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `lim_`.' })
  id: string;

  @Field(() => LimitScopeEnum, { description: 'What kind of thing it is set on.' })
  scope: LimitScope;

  @Field(() => ID, {
    description:
      'What it is set on: the name of a tag, model or provider, or the id of what one of the fields `organization`, ' +
      '`team`, `project`, `user`, `key`, `customer` and `template` gives. `team/user` for TEAM_MEMBER, ' +
      '`organization/customer` for CUSTOMER, "server" for SERVER.',
  })
  scopeId: string;

  @Field(() => LimitUnitEnum, { description: 'What it counts.' })
  unit: LimitUnit;

  @Field(() => DecimalScalar, { description: 'How much each window may hold, in its unit.' })
  amount: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Amount from which alerts are raised but nothing is refused; null for none.',
  })
  softAmount: string | null;

  @Field(() => LimitWindowSpec, { description: 'How time is cut into its windows.' })
  windowSpec: LimitWindowSpec;

  @Field(() => [String], { description: 'Models it counts, as names or patterns with `*`; empty means all.' })
  models: string[];

  @Field(() => LimitEnforcementEnum, { description: 'What happens to a call that does not fit.' })
  enforcement: Enforcement;

  @Field(() => StoreFailurePolicyEnum, {
    description: 'What happens to a call on its path while the database cannot be reached.',
  })
  onStoreFailure: StoreFailurePolicy;

  @Field(() => [DecimalScalar], { description: 'Percentages of the amount at which alerts are raised.' })
  alertThresholds: string[];

  @Field(() => String, { description: 'Who made it: the id of a user, `master`, or `configuration`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When its terms last changed.' })
  updatedAt: Date;

  readonly organizationId: string | null;
  readonly rawAmount: bigint;
  readonly rawSoftAmount: bigint | null;
  readonly spec: WindowSpec;
}

export const LimitConnection = connectionType(Limit, 'Limit');

export function toLimit(row: LimitEntity): Limit {
  const { id, scope, scopeId, unit, models, enforcement, createdBy, createdAt, updatedAt, organizationId } =
    row;
  const spec = windowSpecOf(row);
  return {
    ...{
      id,
      scope,
      scopeId,
      unit,
      models,
      enforcement,
      createdBy,
      createdAt,
      updatedAt,
      organizationId,
    },
    onStoreFailure: row.onStoreFailure,
    ...policyOf(row),
    amount: formatMoney(row.amount),
    softAmount: row.softAmount === null ? null : formatMoney(row.softAmount),
    windowSpec: toLimitWindowSpec(spec),
    // The driver hands arrays of numeric over as numbers; with two places at most they are written as they were read.
    alertThresholds: row.alertThresholds.map(String),
    rawAmount: row.amount,
    rawSoftAmount: row.softAmount,
    spec,
  };
}
