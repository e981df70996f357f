import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { User } from '../users/user.type';
import { LimitConnection, type Limit } from './limit.type';
import { loadLimitsOf } from './limits-of.loader';

@Resolver(() => User)
export class UserLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the user, in every team that are visible to the caller, oldest first.',
  })
  limits(
    @Root() user: User,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'USER', user.id, page);
  }
}
