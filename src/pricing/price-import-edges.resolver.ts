import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PriceImportChangesArgs } from './price-import.input';
import { loadChangesOfImport } from './price-import.loader';
import { PriceImport, PriceImportChangeConnection, type PriceImportChangeInfo } from './price-import.type';

@Resolver(() => PriceImport)
export class PriceImportEdgesResolver {
  @FieldResolver(() => PriceImportChangeConnection, {
    description: 'What it does to each model, in the order of the map; the removed ones last.',
  })
  async changes(
    @Root() { id }: PriceImport,
    @Ctx() ctx: RequestContext,
    @Args(() => PriceImportChangesArgs) args: PriceImportChangesArgs,
  ): Promise<ConnectionOf<PriceImportChangeInfo>> {
    return loadChangesOfImport(ctx, id, args);
  }
}
