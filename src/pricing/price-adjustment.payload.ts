import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { PriceAdjustment } from './price-adjustment.type';

@ObjectType('SetPriceAdjustmentPayload', { description: 'The outcome of `setPriceAdjustment`.' })
export class SetPriceAdjustmentPayload extends Payload {
  @Field(() => PriceAdjustment, { nullable: true, description: 'The new version; null when it was not set.' })
  priceAdjustment?: PriceAdjustment | null;

  @Field(() => PriceAdjustment, {
    nullable: true,
    description: 'The version before, which ends where the new one starts; null when there was none.',
  })
  closedPriceAdjustment?: PriceAdjustment | null;
}

@ObjectType('EndPriceAdjustmentPayload', { description: 'The outcome of `endPriceAdjustment`.' })
export class EndPriceAdjustmentPayload extends Payload {
  @Field(() => PriceAdjustment, {
    nullable: true,
    description: 'The ended one; null when it was not ended, or withdrawn before it started.',
  })
  priceAdjustment?: PriceAdjustment | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Its id when it had not started and was withdrawn; else null.',
  })
  withdrawnPriceAdjustmentId?: string | null;
}
