import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Alert } from './alert.type';
import { loadDeliveriesOfAlert } from './delivery.loader';
import { AlertDeliveryConnection, type AlertDelivery } from './delivery.type';

@Resolver(() => Alert)
export class AlertDeliveriesResolver {
  @FieldResolver(() => AlertDeliveryConnection, {
    description: 'To which channels it goes, as far as the caller sees them, newest first.',
  })
  deliveries(
    @Ctx() ctx: RequestContext,
    @Root() alert: Alert,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<AlertDelivery>> {
    return loadDeliveriesOfAlert(ctx, alert.id, args);
  }
}
