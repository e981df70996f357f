import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { User } from '../users/user.type';
import { seesUserSpend } from './spend-access';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => User)
export class UserSpendResolver {
  @FieldResolver(() => SpendTotals, {
    nullable: true,
    description:
      'All that was ever booked to the user, in every team; null unless the caller is that user, or an administrator ' +
      'or viewer of the server.',
  })
  async spend(@Root() user: User, @Ctx() ctx: RequestContext): Promise<SpendTotals | null> {
    if (!seesUserSpend(ctx.visibility, user.id)) return null;
    return loadSpendTotals(ctx, 'USER', user.id);
  }
}
