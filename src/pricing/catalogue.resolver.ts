import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { CatalogueService } from './catalogue.service';
import { CatalogueArgs } from './catalogue.input';
import { CatalogueModelInfo, CatalogueModelInfoConnection, toCatalogueModelInfo } from './catalogue.type';

@Resolver()
export class CatalogueResolver {
  constructor(private readonly service: CatalogueService) {}

  @Query(() => CatalogueModelInfoConnection, {
    description: describe(
      'The list prices that come with the server, by provider and model. What a call costs is told by `priceQuote`.',
      RULES.signedIn,
    ),
  })
  cataloguePrices(
    @Ctx() ctx: RequestContext,
    @Args(() => CatalogueArgs) args: CatalogueArgs,
  ): ConnectionOf<CatalogueModelInfo> {
    return toConnection(this.service.list(ctx, args, args), toCatalogueModelInfo);
  }
}
