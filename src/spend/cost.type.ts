import { Field, Int, ObjectType } from 'type-graphql';
import { formatMoney } from '../domain/money/decimal-text';
import type { CostStatus } from '../domain/pricing/cost';
import { priceStatus, type PriceStatus } from '../domain/pricing/price';
import type { UsageUnit } from '../domain/usage/usage';
import { DecimalScalar } from '../platform/graphql/scalars';
import { toRates } from '../pricing/price.type';
import { PriceStatusEnum } from '../pricing/price.enum';
import type { PriceQuote } from '../pricing/price-quote.service';
import { UsageUnitEnum } from '../pricing/usage-unit.enum';
import type { CostAnswer, TokenAnswer } from './cost.service';
import { CostBreakdown, toCostBreakdown } from './cost-breakdown.type';
import { PricingStatusEnum } from './spend.enum';

@ObjectType('TokenCountResult', { description: 'How many tokens a text or a request has.' })
export class TokenCountResult implements TokenAnswer {
  @Field(() => String, { description: 'The model that was asked for.' })
  model: string;

  @Field(() => Int, { description: 'Tokens, frames of messages and tools included.' })
  tokens: number;

  @Field(() => Boolean, {
    description:
      "False when the model's tokenizer is not public, or part of the text was counted by its bytes.",
  })
  isExact: boolean;
}

@ObjectType('CostPerTokenResult', {
  description:
    'What one token costs by the base rates, without conditions such as thresholds and service tiers.',
})
export class CostPerTokenResult {
  @Field(() => String, { description: 'The model that was asked for.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: 'The provider whose price it is; null when it is not known.',
  })
  provider: string | null;

  @Field(() => PriceStatusEnum, { description: 'Whether the model has a price.' })
  status: PriceStatus;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for an input token; null without a rate.',
  })
  input: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for an output token; null without a rate.',
  })
  output: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for an input token read from a cache; null without a rate of its own.',
  })
  cacheRead: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for an input token written to a cache; null without a rate of its own.',
  })
  cacheWrite: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD for a token of reasoning; null without a rate of its own.',
  })
  reasoning: string | null;

  @Field(() => String, { nullable: true, description: 'Where the price comes from; null without one.' })
  source: string | null;
}

@ObjectType('CompletionCostResult', { description: 'What an answer costs, as the ledger would book it.' })
export class CompletionCostResult {
  @Field(() => String, { description: 'The model that was asked for.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: 'The provider whose price it is; null when it is not known.',
  })
  provider: string | null;

  @Field(() => PricingStatusEnum, { description: 'How sure the cost is.' })
  status: CostStatus;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'USD, discounts and margins included; null when UNPRICED, which is not zero.',
  })
  cost: string | null;

  @Field(() => CostBreakdown, {
    nullable: true,
    description: 'The parts of the cost, which add up to it; null without a cost.',
  })
  breakdown: CostBreakdown | null;

  @Field(() => [UsageUnitEnum], { description: 'What was used and has no rate; none when all has.' })
  unpricedUnits: UsageUnit[];

  @Field(() => String, { nullable: true, description: 'Where the price comes from; null without one.' })
  source: string | null;
}

export function toCostPerToken({ model, provider, chosen }: PriceQuote): CostPerTokenResult {
  const sheet = chosen?.rule.sheet ?? null;
  const rates = sheet === null ? [] : toRates(sheet);
  const rate = (unit: UsageUnit): string | null =>
    rates.find((each) => each.unit === unit)?.usdPerUnit ?? null;
  return {
    model,
    provider,
    status: priceStatus(sheet),
    input: rate('inputText'),
    output: rate('outputText'),
    cacheRead: rate('inputCacheRead'),
    cacheWrite: rate('inputCacheWrite5m'),
    reasoning: rate('outputReasoning'),
    source: chosen?.rule.source ?? null,
  };
}

export function toCompletionCost({ quote, cost }: CostAnswer): CompletionCostResult {
  const { status, total, breakdown, unpricedUnits } = cost;
  const parts = Object.entries(breakdown).map(([part, amount]) => [part, formatMoney(amount)]);
  return {
    model: quote.model,
    provider: quote.provider,
    status,
    cost: total === null ? null : formatMoney(total),
    breakdown: total === null ? null : toCostBreakdown(Object.fromEntries(parts) as Record<string, string>),
    unpricedUnits: [...unpricedUnits],
    source: quote.chosen?.rule.source ?? null,
  };
}
