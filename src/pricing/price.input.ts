import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { PriceScope } from '../domain/pricing/choose-price';
import type { UsageUnit } from '../domain/usage/usage';
import { PageArgs } from '../platform/graphql/page.args';
import { DateTimeScalar, DecimalScalar, JsonScalar } from '../platform/graphql/scalars';
import type { RateInput, SetPrice } from './price-input';
import type { QuoteRequest } from './price-quote.service';
import { PriceScopeEnum } from './price.enum';
import type { PriceFilter } from './price.repository';
import type { EndPrice } from './price.service';
import type { RegisterModel } from './register-model';
import { UsageUnitEnum } from './usage-unit.enum';

@InputType('PriceFilter', { description: 'Which prices to list. All conditions must hold.' })
export class PriceFilterInput {
  @Field(() => PriceScopeEnum, { nullable: true, description: 'Only those of this scope.' })
  scope?: PriceScope | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only those for this key, team, organization or deployment.',
  })
  scopeId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this provider, such as `openai`.' })
  provider?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this name or pattern, as entered.' })
  model?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those in force at this instant.' })
  effectiveAt?: Date | null;
}

@ArgsType()
export class PricesArgs extends PageArgs {
  @Field(() => PriceFilterInput, {
    nullable: true,
    description: 'Which prices to list; all visible versions by default.',
  })
  filter?: PriceFilterInput | null;
}

@ArgsType()
export class ModelPriceArgs {
  @Field(() => String, { description: 'The model, by the name that calls use.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: 'Whose price to take; by default that of the deployment that serves the model.',
  })
  provider?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the call would be made; now by default.',
  })
  at?: Date | null;
}

@ArgsType()
export class PriceQuoteArgs extends ModelPriceArgs implements QuoteRequest {
  @Field(() => ID, { nullable: true, description: 'The deployment that would serve the call.' })
  deploymentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The virtual key that would pay, with its team and organization; by default the calling one.',
  })
  keyId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team that would pay, with its organization.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The organization that would pay.' })
  organizationId?: string | null;
}

@InputType('PriceRateInput', { description: 'What a unit costs. Give one of the two amounts.' })
export class PriceRateInput implements RateInput {
  @Field(() => UsageUnitEnum, { description: 'What is paid for.' })
  unit: UsageUnit;

  @Field(() => DecimalScalar, { nullable: true, description: 'USD for one unit.' })
  usdPerUnit?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'USD for a million units.' })
  usdPerMillion?: string | null;
}

@InputType('SetPriceInput', { description: 'A new version of a price.' })
export class SetPriceInput implements SetPrice {
  @Field(() => PriceScopeEnum, { description: 'What it is for; CATALOGUE cannot be set.' })
  scope: PriceScope;

  @Field(() => ID, {
    nullable: true,
    description: 'The key, team, organization or deployment that it is for; none for MODEL.',
  })
  scopeId?: string | null;

  @Field(() => String, { nullable: true, description: 'The provider that it is for; any by default.' })
  provider?: string | null;

  @Field(() => String, {
    description: 'The model that it is for, with or without its provider, or a pattern such as `openai/*`.',
  })
  model: string;

  @Field(() => [PriceRateInput], { nullable: true, description: 'What each unit costs, without conditions.' })
  rates?: PriceRateInput[] | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'A whole price sheet in place of `rates`, in the form in which `Price.sheet` shows one: rates as decimal text in ' +
      'USD for one unit, variants with conditions, multipliers, minimums.',
  })
  sheet?: unknown;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when it holds; now by default.' })
  effectiveFrom?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it holds; without end by default.',
  })
  effectiveUntil?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the price comes from, for people to check it; `api` by default.',
  })
  source?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same price.',
  })
  idempotencyKey?: string | null;
}

@InputType('RegisterModelInput', {
  description: "A model's prices as LiteLLM's `register_model` takes them.",
})
export class RegisterModelInput implements RegisterModel {
  @Field(() => String, {
    description: 'The model, with or without its provider, or a pattern such as `openai/*`.',
  })
  model: string;

  @Field(() => JsonScalar, {
    description:
      "Prices in the keys of LiteLLM's price map (`input_cost_per_token`, `output_cost_per_token`, " +
      '`input_cost_per_token_above_200k_tokens` …), as decimal text or numbers. A key that looks like a cost and is not ' +
      'known is refused.',
  })
  prices: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'The provider that it is for; `litellm_provider` of the prices by default, or any.',
  })
  provider?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when it holds; now by default.' })
  effectiveFrom?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input give the same price.',
  })
  idempotencyKey?: string | null;
}

@InputType('EndPriceInput', { description: 'The price to end.' })
export class EndPriceInput implements EndPrice {
  @Field(() => ID, { description: 'The price to end.' })
  priceId: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends; now by default, never in the past.',
  })
  at?: Date | null;
}

/** No stored price is one of the catalogue, so a filter for those finds none. */
export function toPriceFilter(filter: PriceFilterInput | null | undefined): PriceFilter {
  return filter ?? {};
}
