import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { VirtualKey } from '../keys/key.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { LimitConnection, type Limit } from './limit.type';
import { loadLimitsOf } from './limits-of.loader';

@Resolver(() => VirtualKey)
export class KeyLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the key itself that are visible to the caller, oldest first.',
  })
  limits(
    @Root() key: VirtualKey,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'KEY', key.id, page);
  }
}
