import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { VirtualKey } from '../keys/key.type';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => VirtualKey)
export class KeySpendResolver {
  /** Whoever sees a key sees its spend. */
  @FieldResolver(() => SpendTotals, {
    description: 'All that was ever booked to the key, under every secret that it had.',
  })
  spend(@Root() key: VirtualKey, @Ctx() ctx: RequestContext): Promise<SpendTotals> {
    return loadSpendTotals(ctx, 'KEY', key.id);
  }
}
