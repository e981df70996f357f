import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { AdjustmentScope } from '../domain/pricing/adjustment-rules';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, DecimalScalar } from '../platform/graphql/scalars';
import type { SetPriceAdjustment } from './price-adjustment-input';
import type { PriceAdjustmentFilter } from './price-adjustment.repository';
import type { EndPriceAdjustment } from './price-adjustment.service';
import { AdjustmentScopeEnum } from './price.enum';

@InputType('PriceAdjustmentFilter', {
  description: 'Which discounts and margins to list. All conditions must hold.',
})
export class PriceAdjustmentFilterInput implements PriceAdjustmentFilter {
  @Field(() => AdjustmentScopeEnum, { nullable: true, description: 'Only those of this scope.' })
  scope?: AdjustmentScope | null;

  @Field(() => ID, { nullable: true, description: 'Only those for this key, team or organization.' })
  scopeId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those in force at this instant.' })
  effectiveAt?: Date | null;
}

@ArgsType()
export class PriceAdjustmentsArgs extends PageArgs {
  @Field(() => PriceAdjustmentFilterInput, {
    nullable: true,
    description: 'Which discounts and margins to list; all versions by default.',
  })
  filter?: PriceAdjustmentFilterInput | null;
}

@InputType('SetPriceAdjustmentInput', { description: 'A new version of a discount, a margin or both.' })
export class SetPriceAdjustmentInput implements SetPriceAdjustment {
  @Field(() => AdjustmentScopeEnum, { description: 'Whose calls it is for.' })
  scope: AdjustmentScope;

  @Field(() => ID, {
    nullable: true,
    description: 'The key, team or organization that it is for; none for SERVER.',
  })
  scopeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The provider whose prices it adjusts; by default all that have none of their own.',
  })
  provider?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Fraction taken off, from "0" to "1"; "0.05" is five percent. Left out: less binding ones hold.',
  })
  discount?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Fraction of the discounted price put on; "0.1" is ten percent, and up to "100" fits.',
  })
  marginPercentage?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD put on every call that is booked. With marginPercentage, both apply.',
  })
  marginFixedUsd?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when it holds; now by default.' })
  effectiveFrom?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it holds; without end by default.',
  })
  effectiveUntil?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it is set, for people.' })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same result.',
  })
  idempotencyKey?: string | null;
}

@InputType('EndPriceAdjustmentInput', { description: 'The discount or margin to end.' })
export class EndPriceAdjustmentInput implements EndPriceAdjustment {
  @Field(() => ID, { description: 'The discount or margin to end.' })
  priceAdjustmentId: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends; now by default, never in the past.',
  })
  at?: Date | null;
}
