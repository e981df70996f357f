import { Field, ID, ObjectType } from 'type-graphql';
import type { Result } from '../domain/result';
import { Payload, toPayload } from '../platform/graphql/payload';
import type { UserIssue } from '../platform/user-issue';
import { priceWarnings } from './price-warnings';
import type { PriceSet } from './price.service';
import { Price, toPrice } from './price.type';

@ObjectType('SetPricePayload', { description: 'The outcome of `setPrice`.' })
export class SetPricePayload extends Payload {
  @Field(() => Price, { nullable: true, description: 'The new price; null when it was not set.' })
  price?: Price | null;

  @Field(() => Price, {
    nullable: true,
    description: 'The price before, which ends where the new one starts; null when there was none.',
  })
  closedPrice?: Price | null;

  @Field(() => [String], {
    description: 'What may surprise when calls are booked by the price, such as a missing rate for output.',
  })
  warnings: string[];
}

@ObjectType('RegisterModelPayload', { description: 'The outcome of `registerModel`.' })
export class RegisterModelPayload extends SetPricePayload {}

@ObjectType('EndPricePayload', { description: 'The outcome of `endPrice`.' })
export class EndPricePayload extends Payload {
  @Field(() => Price, {
    nullable: true,
    description: 'The ended price; null when it was not ended, or withdrawn before it started.',
  })
  price?: Price | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the price when it had not started and was withdrawn; else null.',
  })
  withdrawnPriceId?: string | null;

  @Field(() => Price, {
    nullable: true,
    description: 'The price that was to end where the withdrawn one started, and now goes on; else null.',
  })
  reopenedPrice?: Price | null;
}

/** What `setPrice` and `registerModel` tell of a new version. */
export function toPriceSet(done: Result<PriceSet, UserIssue[]>): SetPricePayload {
  const payload = toPayload(done, ({ price, closed }) => ({
    price: toPrice(price),
    closedPrice: closed && toPrice(closed),
  }));
  return Object.assign(payload, { warnings: done.ok ? priceWarnings(done.value.price) : [] });
}
