import { Field, ObjectType } from 'type-graphql';
import type { PriceScope } from '../domain/pricing/choose-price';
import { priceStatus, type PriceStatus } from '../domain/pricing/price';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { PriceQuote } from './price-quote.service';
import { PriceScopeEnum, PriceStatusEnum } from './price.enum';
import { PriceRateInfo, toRates } from './price.type';

@ObjectType('PriceQuoteResult', { description: 'The price that holds for a model, and why it is this one.' })
export class PriceQuoteResult {
  @Field(() => String, { description: 'The model that was asked for.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: 'The provider whose price it is; null when it is not known.',
  })
  provider: string | null;

  @Field(() => PriceStatusEnum, { description: 'Whether the model has a price.' })
  status: PriceStatus;

  @Field(() => PriceScopeEnum, { nullable: true, description: 'What the price is for; null without one.' })
  scope: PriceScope | null;

  @Field(() => String, { description: 'Which rule holds and why, in a sentence.' })
  reason: string;

  @Field(() => String, { nullable: true, description: 'Where the price comes from; null without one.' })
  source: string | null;

  @Field(() => [PriceRateInfo], { description: 'The base rates; none without a price.' })
  rates: PriceRateInfo[];

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The whole price sheet with its conditions; null without a price.',
  })
  sheet: object | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when the price holds; null when it always did, or without a price.',
  })
  effectiveFrom: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the price holds; null when no end is set, or without a price.',
  })
  effectiveUntil: Date | null;

  /** For the edge to the stored price. */
  readonly priceId: string | null;
}

export function toPriceQuote({ model, provider, chosen }: PriceQuote): PriceQuoteResult {
  if (chosen === null) {
    const none = {
      scope: null,
      source: null,
      rates: [],
      sheet: null,
      effectiveFrom: null,
      effectiveUntil: null,
    };
    const reason = `No price is known for "${model}". An administrator can set one with setPrice.`;
    return { model, provider, status: 'UNPRICED', reason, priceId: null, ...none };
  }
  const { rule, reason } = chosen;
  return {
    model,
    provider,
    status: priceStatus(rule.sheet),
    scope: rule.scope,
    reason,
    source: rule.source,
    rates: toRates(rule.sheet),
    sheet: priceSheetToJson(rule.sheet),
    effectiveFrom: dateOf(rule.effectiveFromMs),
    effectiveUntil: dateOf(rule.effectiveUntilMs),
    priceId: rule.scope === 'CATALOGUE' ? null : rule.id,
  };
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
