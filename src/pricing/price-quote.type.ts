import { Field, ObjectType } from 'type-graphql';
import type { PriceScope, RankedPrice } from '../domain/pricing/choose-price';
import { priceStatus, type PriceStatus } from '../domain/pricing/price';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { DateTimeScalar, DecimalScalar, JsonScalar } from '../platform/graphql/scalars';
import type { PriceQuote } from './price-quote.service';
import { PriceScopeEnum, PriceStatusEnum } from './price.enum';
import { PriceRateInfo, toRates } from './price.type';

@ObjectType('PriceCandidateInfo', {
  description: 'A price that matches too and does not hold, because another goes before it.',
})
export class PriceQuoteCandidate {
  @Field(() => PriceScopeEnum, { description: 'What the price is for.' })
  scope: PriceScope;

  @Field(() => String, { description: 'The name or pattern that it is for.' })
  model: string;

  @Field(() => String, { description: 'Where the price comes from.' })
  source: string;

  @Field(() => String, { description: 'How it matches, in a sentence.' })
  reason: string;

  @Field(() => String, { description: 'Why the price that holds goes before it.' })
  beatenBecause: string;

  /** For the edge to the stored price. */
  readonly priceId: string | null;
}

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

  @Field(() => [PriceQuoteCandidate], {
    description: 'The prices that match as well, the one that would hold next first.',
  })
  beaten: PriceQuoteCandidate[];

  @Field(() => DecimalScalar, { description: 'Fraction that is taken off the cost; "0" without a discount.' })
  discount: string;

  @Field(() => DecimalScalar, {
    description: 'Fraction that is put on the discounted cost; "0" without a margin.',
  })
  marginPercentage: string;

  @Field(() => DecimalScalar, { description: 'USD put on every call; "0" without a fixed margin.' })
  marginFixedUsd: string;

  /** For the edges to the discount and margin as they were set. */
  readonly discountRuleId: string | null;
  readonly marginRuleId: string | null;

  /** For the edge to the stored price. */
  readonly priceId: string | null;
}

export function toPriceQuote(quote: PriceQuote): PriceQuoteResult {
  const { model, provider, chosen, beaten, adjustments } = quote;
  const common = {
    ...{ model, provider },
    beaten: beaten.map(toCandidate),
    discount: adjustments.adjustments.discount.toFixed(),
    marginPercentage: adjustments.adjustments.marginPercentage.toFixed(),
    marginFixedUsd: adjustments.adjustments.marginFixed.toFixed(),
    discountRuleId: adjustments.discountRule?.id ?? null,
    marginRuleId: adjustments.marginRule?.id ?? null,
  };
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
    return { ...common, status: 'UNPRICED', reason, priceId: null, ...none };
  }
  const { rule, reason } = chosen;
  return {
    ...common,
    status: priceStatus(rule.sheet),
    scope: rule.scope,
    reason,
    source: rule.source,
    rates: toRates(rule.sheet),
    sheet: priceSheetToJson(rule.sheet),
    effectiveFrom: dateOf(rule.effectiveFromMs),
    effectiveUntil: dateOf(rule.effectiveUntilMs),
    priceId: rule.id,
  };
}

function toCandidate({ rule, reason, beatenBecause }: RankedPrice): PriceQuoteCandidate {
  const { scope, model, source, id } = rule;
  return { scope, model, source, reason, beatenBecause: beatenBecause ?? '', priceId: id };
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
