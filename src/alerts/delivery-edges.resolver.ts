import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadAlertChannel } from './alert-channel.loader';
import { AlertChannel } from './alert-channel.type';
import { loadAlert } from './alert.loader';
import { Alert } from './alert.type';
import { AlertDelivery } from './delivery.type';

@Resolver(() => AlertDelivery)
export class AlertDeliveryEdgesResolver {
  @FieldResolver(() => Alert, { nullable: true, description: 'The alert; null when it is not visible.' })
  alert(@Ctx() ctx: RequestContext, @Root() delivery: AlertDelivery): Promise<Alert | null> {
    return loadAlert(ctx, delivery.alertId);
  }

  @FieldResolver(() => AlertChannel, { nullable: true, description: 'The channel that it goes to.' })
  channel(@Ctx() ctx: RequestContext, @Root() delivery: AlertDelivery): Promise<AlertChannel | null> {
    return loadAlertChannel(ctx, delivery.channelId);
  }
}
