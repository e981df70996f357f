import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { ModelInfo } from '../models/model.type';
import { PriceQuoteService } from './price-quote.service';
import { PriceQuoteResult, toPriceQuote } from './price-quote.type';

@Resolver(() => ModelInfo)
export class ModelPriceResolver {
  constructor(private readonly quotes: PriceQuoteService) {}

  @FieldResolver(() => PriceQuoteResult, {
    description: "What calls of the model cost now: a calling key's contract, else the price for everybody.",
  })
  async price(@Root() model: ModelInfo, @Ctx() ctx: RequestContext): Promise<PriceQuoteResult> {
    return toPriceQuote(await this.quotes.quote(ctx, { model: model.name }));
  }
}
