import { Field, ID, ObjectType } from 'type-graphql';
import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';
import { Decimal } from '../domain/money/rate';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { PriceAdjustmentEntity } from './price-adjustment.entity';
import { AdjustmentScopeEnum } from './price.enum';

@ObjectType('PriceAdjustment', {
  implements: Node,
  description:
    'A discount, a margin or both, put on the price of calls before they are booked: the discount first, then the margin ' +
    'on what is left. Of several that are in force, the discount and the margin each come from the most binding scope ' +
    'that has one, there from the one for the provider before the one for all.',
})
export class PriceAdjustment implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `padj_`.' })
  id: string;

  @Field(() => AdjustmentScopeEnum, { description: 'Whose calls it is for.' })
  scope: AdjustmentScope;

  @Field(() => String, {
    nullable: true,
    description: 'The provider whose prices it adjusts; null for all that have none of their own.',
  })
  provider: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Fraction taken off, such as "0.05" for five percent; null leaves the discount to less binding ones.',
  })
  discount: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Fraction of the discounted price put on; null leaves the margin to less binding ones.',
  })
  marginPercentage: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD put on every call that is booked; null leaves the margin to less binding ones.',
  })
  marginFixedUsd: string | null;

  @Field(() => DateTimeScalar, { description: 'From when it holds, for calls let through then or later.' })
  effectiveFrom: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when it holds; null without end.' })
  effectiveUntil: Date | null;

  @Field(() => String, { description: 'Why it was set, for people; may be empty.' })
  reason: string;

  @Field(() => String, { description: 'Who set it: the id of a user, or `master`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was set.' })
  createdAt: Date;

  /** For the edges to what it is for. */
  readonly scopeId: string | null;
}

export const PriceAdjustmentConnection = connectionType(PriceAdjustment, 'PriceAdjustment');

export function toPriceAdjustment(row: PriceAdjustmentEntity): PriceAdjustment {
  const { id, scope, scopeId, provider, effectiveFrom, effectiveUntil, reason, createdBy, createdAt } = row;
  return {
    ...{ id, scope, scopeId, provider, effectiveFrom, effectiveUntil, reason, createdBy, createdAt },
    discount: plain(row.discount),
    marginPercentage: plain(row.marginPercentage),
    marginFixedUsd: plain(row.marginFixedUsd),
  };
}

/** Without the zeros that the database keeps at the end. */
function plain(amount: string | null): string | null {
  return amount === null ? null : new Decimal(amount).toFixed();
}
