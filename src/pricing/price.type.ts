import { Field, ID, ObjectType } from 'type-graphql';
import type { PriceScope } from '../domain/pricing/choose-price';
import { ratesByUnit } from '../domain/pricing/effective-rates';
import type { PriceSheet } from '../domain/pricing/price';
import { formatUnitRate, type UnitRate } from '../domain/pricing/unit-rate';
import type { UsageUnit } from '../domain/usage/usage';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, DecimalScalar, JsonScalar } from '../platform/graphql/scalars';
import { toPriceRule } from './price-rules.repository';
import type { PriceEntity } from './price.entity';
import { PriceScopeEnum } from './price.enum';
import { UsageUnitEnum } from './usage-unit.enum';

/** What the scalar Decimal holds after the point. */
const MAX_DECIMAL_PLACES = 20;

@ObjectType('PriceRateInfo', { description: 'What one unit of usage costs, exactly.' })
export class PriceRateInfo {
  @Field(() => UsageUnitEnum, { description: 'What is paid for.' })
  unit: UsageUnit;

  @Field(() => String, {
    description:
      'USD for one unit, such as "0.0000025", or for several: "0.017/60000" is 0.017 USD for 60,000.',
  })
  rate: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for one unit; null when no decimal of at most 20 places says it.',
  })
  usdPerUnit: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for a million units; null when no decimal of at most 20 places says it.',
  })
  usdPerMillion: string | null;
}

@ObjectType('Price', {
  implements: Node,
  description:
    'One version of a price: in force from one instant until another. A new version ends the one before; what was in ' +
    'force in the past stays as it was.',
})
export class Price implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `price_`.' })
  id: string;

  @Field(() => PriceScopeEnum, { description: 'What it is for.' })
  scope: PriceScope;

  @Field(() => String, { nullable: true, description: 'The provider it is for; null for any.' })
  provider: string | null;

  @Field(() => String, { description: 'The model it is for, by name or as a pattern with `*`.' })
  model: string;

  @Field(() => [PriceRateInfo], { description: 'The base rates. Conditions in `sheet` may replace them.' })
  rates: PriceRateInfo[];

  @Field(() => JsonScalar, {
    description: 'The whole price sheet with its conditions; rates are decimal text in USD for one unit.',
  })
  sheet: object;

  @Field(() => DateTimeScalar, { description: 'From when it holds.' })
  effectiveFrom: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it holds; null while no end is set.',
  })
  effectiveUntil: Date | null;

  @Field(() => String, { description: 'Where the price comes from, for people to check it.' })
  source: string;

  @Field(() => String, { description: 'Who set it: the id of a user, or `master`.' })
  createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was set.' })
  createdAt: Date;

  /** For the edges to what it is for. */
  readonly scopeId: string | null;
}

export const PriceConnection = connectionType(Price, 'Price');

export function toPrice(row: PriceEntity): Price {
  const { id, scope, scopeId, provider, model, sheet, effectiveFrom, effectiveUntil } = row;
  const { source, createdBy, createdAt } = row;
  return {
    ...{ id, scope, scopeId, provider, model, sheet, effectiveFrom, effectiveUntil },
    ...{ source, createdBy, createdAt },
    rates: toRates(toPriceRule(row).sheet),
  };
}

export function toRates(sheet: PriceSheet): PriceRateInfo[] {
  return ratesByUnit(sheet.rates).map(([unit, rate]) => ({
    unit,
    rate: formatUnitRate(rate),
    usdPerUnit: decimalOf(rate, 1),
    usdPerMillion: decimalOf(rate, 1_000_000),
  }));
}

function decimalOf(rate: UnitRate, quantity: number): string | null {
  const dollars = rate.usd.times(quantity).dividedBy(rate.per);
  const isExact = dollars.decimalPlaces() <= MAX_DECIMAL_PLACES;
  return isExact ? dollars.toFixed() : null;
}
