import { Field, Int, ObjectType } from 'type-graphql';
import { priceStatus, type PriceStatus } from '../domain/pricing/price';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { connectionType } from '../platform/graphql/connection';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { CatalogueModel } from './catalogue';
import { PriceStatusEnum } from './price.enum';
import { PriceRateInfo, toRates } from './price.type';

@ObjectType('CatalogueModelInfo', {
  description:
    'A model of the offline catalogue and its list price, before contracts, discounts and margins.',
})
export class CatalogueModelInfo {
  @Field(() => String, { description: 'The provider, as `openai` or `gemini`.' })
  provider: string;

  @Field(() => String, { description: "The provider's own name for the model." })
  model: string;

  @Field(() => String, { description: 'A name for people.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'A description; null where the catalogue has none.' })
  description: string | null;

  @Field(() => Int, { nullable: true, description: 'Most tokens of a call; null when it is not known.' })
  contextWindowTokens: number | null;

  @Field(() => Boolean, { description: 'Whether the provider has given notice of its end.' })
  deprecated: boolean;

  @Field(() => PriceStatusEnum, { description: 'Whether the catalogue has a price.' })
  status: PriceStatus;

  @Field(() => [PriceRateInfo], { description: 'The base rates; none without a price.' })
  rates: PriceRateInfo[];

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The whole price sheet with its conditions; null without a price.',
  })
  sheet: object | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which data in which release the price comes from, and its date; null without a price.',
  })
  source: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when the price holds; null when the data names no start, or without a price.',
  })
  effectiveFrom: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the price holds; null when the data names no end, or without a price.',
  })
  effectiveUntil: Date | null;
}

export const CatalogueModelInfoConnection = connectionType(CatalogueModelInfo, 'CatalogueModelInfo');

export function toCatalogueModelInfo(found: CatalogueModel): CatalogueModelInfo {
  const { provider, model, name, description, contextWindowTokens, deprecated, price } = found;
  return {
    ...{ provider, model, name, description, contextWindowTokens, deprecated },
    status: priceStatus(price?.sheet ?? null),
    rates: price === null ? [] : toRates(price.sheet),
    sheet: price === null ? null : priceSheetToJson(price.sheet),
    source: price?.source ?? null,
    effectiveFrom: dateOf(price?.effectiveFromMs),
    effectiveUntil: dateOf(price?.effectiveUntilMs),
  };
}

function dateOf(ms: number | null | undefined): Date | null {
  return ms == null ? null : new Date(ms);
}
