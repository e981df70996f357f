import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { EndPriceInput, PricesArgs, RegisterModelInput, SetPriceInput, toPriceFilter } from './price.input';
import { loadPrice } from './price.loader';
import { EndPricePayload, RegisterModelPayload, SetPricePayload, toPriceSet } from './price.payload';
import { PriceService } from './price.service';
import { Price, PriceConnection, toPrice } from './price.type';

@Resolver(() => Price)
export class PriceResolver {
  constructor(private readonly service: PriceService) {}

  @Query(() => Price, {
    nullable: true,
    description: describe('The price with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  price(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the price.' }) id: string,
  ): Promise<Price | null> {
    return loadPrice(ctx, id);
  }

  @Query(() => PriceConnection, {
    description: describe(
      'The prices that were set, newest first: those of models and deployments, and the contracts visible to the caller. ' +
        'The list prices that come with the server are shown by `cataloguePrices`.',
      RULES.signedIn,
    ),
  })
  async prices(
    @Ctx() ctx: RequestContext,
    @Args(() => PricesArgs) args: PricesArgs,
  ): Promise<ConnectionOf<Price>> {
    return toConnection(await this.service.list(ctx, toPriceFilter(args.filter), args), toPrice);
  }

  @Mutation(() => SetPricePayload, {
    description: describe(
      'Sets a new version of a price. The one before ends where it starts; the past is never rewritten.',
      RULES.serverAdmin,
    ),
  })
  async setPrice(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SetPriceInput, { description: 'The price.' }) input: SetPriceInput,
  ): Promise<SetPricePayload> {
    return toPriceSet(await this.service.set(ctx, input));
  }

  @Mutation(() => RegisterModelPayload, {
    description: describe(
      "Sets a model's price from LiteLLM's keys, as its `register_model` does: a new version for everybody.",
      RULES.serverAdmin,
    ),
  })
  async registerModel(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RegisterModelInput, { description: 'The model and its prices.' })
    input: RegisterModelInput,
  ): Promise<RegisterModelPayload> {
    return toPriceSet(await this.service.register(ctx, input));
  }

  @Mutation(() => EndPricePayload, {
    description: describe(
      'Ends a price. One that has not started is withdrawn, and the one that was to end there goes on.',
      RULES.serverAdmin,
    ),
  })
  async endPrice(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => EndPriceInput, { description: 'Which price, and when it ends.' })
    input: EndPriceInput,
  ): Promise<EndPricePayload> {
    return toPayload(await this.service.end(ctx, input), ({ price, withdrawnPriceId, reopened }) => ({
      price: price && toPrice(price),
      withdrawnPriceId,
      reopenedPrice: reopened && toPrice(reopened),
    }));
  }
}
