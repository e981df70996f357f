import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { Alert } from './alert.type';
import { AlertDeliveriesArgs } from './delivery.args';
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
    @Args(() => AlertDeliveriesArgs) args: AlertDeliveriesArgs,
  ): Promise<ConnectionOf<AlertDelivery>> {
    return loadDeliveriesOfAlert(ctx, alert.id, args);
  }
}
