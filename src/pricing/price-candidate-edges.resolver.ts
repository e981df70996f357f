import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadPrice } from './price.loader';
import { PriceQuoteCandidate } from './price-quote.type';
import { Price } from './price.type';

@Resolver(() => PriceQuoteCandidate)
export class PriceCandidateEdgesResolver {
  @FieldResolver(() => Price, {
    nullable: true,
    description: 'The price as it was set; null for one of the catalogue or the configuration.',
  })
  async price(@Root() candidate: PriceQuoteCandidate, @Ctx() ctx: RequestContext): Promise<Price | null> {
    return candidate.priceId === null ? null : loadPrice(ctx, candidate.priceId);
  }
}
