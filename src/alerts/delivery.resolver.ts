import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { RedeliverAlertInput, TestAlertChannelInput } from './alert-channel.input';
import { RedeliverAlertPayload, TestAlertChannelPayload } from './alert-channel.payload';
import { toAlertChannel } from './alert-channel.type';
import { CHANNEL_ADMIN } from './channel-rules';
import { AlertDeliveryService, type ChannelTest } from './delivery.service';
import { AlertDelivery, toAlertDelivery } from './delivery.type';

const tested = ({ channel, error, httpStatus, durationMs }: ChannelTest) => ({
  alertChannel: toAlertChannel(channel),
  delivered: error === null,
  ...{ error, httpStatus, durationMs },
});

@Resolver(() => AlertDelivery)
export class AlertDeliveryResolver {
  constructor(private readonly service: AlertDeliveryService) {}

  @Mutation(() => TestAlertChannelPayload, {
    description: describe('Sends a test to a channel now, and tells what came of it.', CHANNEL_ADMIN),
  })
  async testAlertChannel(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => TestAlertChannelInput, { description: 'Which channel.' })
    input: TestAlertChannelInput,
  ): Promise<TestAlertChannelPayload> {
    return toPayload(await this.service.test(ctx, input.alertChannelId), tested);
  }

  @Mutation(() => RedeliverAlertPayload, {
    description: describe(
      'Sends an alert again, with the same event id: to a receiver that gave it up, or lost it.',
      CHANNEL_ADMIN,
    ),
  })
  async redeliverAlert(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RedeliverAlertInput, { description: 'Which alert, and to which channel.' })
    input: RedeliverAlertInput,
  ): Promise<RedeliverAlertPayload> {
    return toPayload(await this.service.redeliver(ctx, input), (rows) => ({
      deliveries: rows.map(toAlertDelivery),
    }));
  }
}
