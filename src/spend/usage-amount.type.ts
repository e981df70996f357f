import { Field, ObjectType } from 'type-graphql';
import { USAGE_UNITS, type Usage, type UsageUnit } from '../domain/usage/usage';
import { BigIntScalar } from '../platform/graphql/scalars';
import { UsageUnitEnum } from '../pricing/usage-unit.enum';

@ObjectType('UsageAmount', { description: 'How much of one unit a call used. Units do not overlap.' })
export class UsageAmount {
  @Field(() => UsageUnitEnum, { description: 'What was counted.' })
  unit: UsageUnit;

  @Field(() => BigIntScalar, { description: 'How many of it; durations are in milliseconds.' })
  amount: bigint;
}

export function toUsageAmounts(usage: Usage): UsageAmount[] {
  return USAGE_UNITS.flatMap((unit) => {
    const amount = usage[unit] ?? 0;
    return amount === 0 ? [] : [{ unit, amount: BigInt(amount) }];
  });
}
