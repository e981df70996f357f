import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { VirtualKey } from '../keys/key.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadAlertsOf } from './alert.loader';
import { AlertConnection, type Alert } from './alert.type';

@Resolver(() => VirtualKey)
export class KeyAlertsResolver {
  @FieldResolver(() => AlertConnection, {
    description: 'Its alerts that are visible to the caller, newest first.',
  })
  alerts(
    @Root() { id }: VirtualKey,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Alert>> {
    return loadAlertsOf(ctx, 'key_id', id, page);
  }
}
