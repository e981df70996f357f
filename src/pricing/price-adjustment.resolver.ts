import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import {
  EndPriceAdjustmentInput,
  PriceAdjustmentsArgs,
  SetPriceAdjustmentInput,
} from './price-adjustment.input';
import { loadPriceAdjustment } from './price-adjustment.loader';
import { EndPriceAdjustmentPayload, SetPriceAdjustmentPayload } from './price-adjustment.payload';
import { PriceAdjustmentService } from './price-adjustment.service';
import { PriceAdjustment, PriceAdjustmentConnection, toPriceAdjustment } from './price-adjustment.type';

@Resolver()
export class PriceAdjustmentResolver {
  constructor(private readonly service: PriceAdjustmentService) {}

  @Query(() => PriceAdjustment, {
    nullable: true,
    description: describe(
      'The discount or margin with that id; null when it is absent or not visible.',
      RULES.serverViewer,
    ),
  })
  priceAdjustment(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the discount or margin.' }) id: string,
  ): Promise<PriceAdjustment | null> {
    return loadPriceAdjustment(ctx, id);
  }

  @Query(() => PriceAdjustmentConnection, {
    description: describe(
      'The discounts and margins that were set, newest first. Those of the configuration file are shown by `priceQuote`.',
      RULES.serverViewer,
    ),
  })
  async priceAdjustments(
    @Ctx() ctx: RequestContext,
    @Args(() => PriceAdjustmentsArgs) args: PriceAdjustmentsArgs,
  ): Promise<ConnectionOf<PriceAdjustment>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toPriceAdjustment);
  }

  @Mutation(() => SetPriceAdjustmentPayload, {
    description: describe(
      'Sets a new version of a discount, a margin or both. The one before ends where it starts; the past is never rewritten.',
      RULES.serverAdmin,
    ),
  })
  async setPriceAdjustment(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SetPriceAdjustmentInput, { description: 'The discount or margin.' })
    input: SetPriceAdjustmentInput,
  ): Promise<SetPriceAdjustmentPayload> {
    return toPayload(await this.service.set(ctx, input), ({ adjustment, closed }) => ({
      priceAdjustment: toPriceAdjustment(adjustment),
      closedPriceAdjustment: closed && toPriceAdjustment(closed),
    }));
  }

  @Mutation(() => EndPriceAdjustmentPayload, {
    description: describe(
      'Ends a discount or margin. One that has not started is withdrawn.',
      RULES.serverAdmin,
    ),
  })
  async endPriceAdjustment(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => EndPriceAdjustmentInput, { description: 'Which one, and when it ends.' })
    input: EndPriceAdjustmentInput,
  ): Promise<EndPriceAdjustmentPayload> {
    return toPayload(await this.service.end(ctx, input), (ended) => ({
      priceAdjustment: ended && toPriceAdjustment(ended),
      withdrawnPriceAdjustmentId: ended ? null : input.priceAdjustmentId,
    }));
  }
}
