import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Limit } from '../limits/limit.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadAlertsOf } from './alert.loader';
import { AlertConnection, type Alert } from './alert.type';

@Resolver(() => Limit)
export class LimitAlertsResolver {
  @FieldResolver(() => AlertConnection, {
    description: 'Its alerts that are visible to the caller, newest first.',
  })
  alerts(
    @Root() { id }: Limit,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Alert>> {
    return loadAlertsOf(ctx, 'limit_id', id, page);
  }
}
