import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadPriceAdjustment } from './price-adjustment.loader';
import { PriceAdjustment } from './price-adjustment.type';
import { PriceQuoteArgs } from './price.input';
import { loadPrice } from './price.loader';
import { PriceQuoteService } from './price-quote.service';
import { PriceQuoteResult, toPriceQuote } from './price-quote.type';
import { Price } from './price.type';

@Resolver(() => PriceQuoteResult)
export class PriceQuoteResolver {
  constructor(private readonly service: PriceQuoteService) {}

  @Query(() => PriceQuoteResult, {
    description: describe(
      'The price that a call would be booked at, chosen as the ledger chooses it, and why.',
      RULES.signedIn,
    ),
  })
  async priceQuote(
    @Ctx() ctx: RequestContext,
    @Args(() => PriceQuoteArgs) args: PriceQuoteArgs,
  ): Promise<PriceQuoteResult> {
    return toPriceQuote(await this.service.quote(ctx, args));
  }

  @FieldResolver(() => Price, {
    nullable: true,
    description:
      'The price as it was set; null for one of the catalogue or the configuration, or without any.',
  })
  async price(@Root() quote: PriceQuoteResult, @Ctx() ctx: RequestContext): Promise<Price | null> {
    return quote.priceId === null ? null : loadPrice(ctx, quote.priceId);
  }

  @FieldResolver(() => PriceAdjustment, {
    nullable: true,
    description: describe(
      'The discount as it was set; null for one of the configuration, or without any.',
      RULES.serverViewer,
    ),
  })
  async discountRule(
    @Root() { discountRuleId }: PriceQuoteResult,
    @Ctx() ctx: RequestContext,
  ): Promise<PriceAdjustment | null> {
    return discountRuleId === null ? null : loadPriceAdjustment(ctx, discountRuleId);
  }

  @FieldResolver(() => PriceAdjustment, {
    nullable: true,
    description: describe(
      'The margin as it was set; null for one of the configuration, or without any.',
      RULES.serverViewer,
    ),
  })
  async marginRule(
    @Root() { marginRuleId }: PriceQuoteResult,
    @Ctx() ctx: RequestContext,
  ): Promise<PriceAdjustment | null> {
    return marginRuleId === null ? null : loadPriceAdjustment(ctx, marginRuleId);
  }
}
