import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import {
  AlertChannelsArgs,
  CreateAlertChannelInput,
  DeleteAlertChannelInput,
  RotateAlertChannelSecretInput,
  UpdateAlertChannelInput,
} from './alert-channel.input';
import { loadAlertChannel } from './alert-channel.loader';
import {
  CreateAlertChannelPayload,
  DeleteAlertChannelPayload,
  RotateAlertChannelSecretPayload,
  UpdateAlertChannelPayload,
} from './alert-channel.payload';
import { AlertChannelService, type ChannelWithSecret } from './alert-channel.service';
import { CHANNEL_ADMIN } from './channel-rules';
import { AlertChannel, AlertChannelConnection, toAlertChannel } from './alert-channel.type';

const payload = (row: Parameters<typeof toAlertChannel>[0]) => ({ alertChannel: toAlertChannel(row) });
const withSecret = ({ channel, secret }: ChannelWithSecret) => ({ ...payload(channel), secret });

@Resolver(() => AlertChannel)
export class AlertChannelResolver {
  constructor(private readonly service: AlertChannelService) {}

  @Query(() => AlertChannel, {
    nullable: true,
    description: describe('The channel with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  alertChannel(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the channel.' }) id: string,
  ): Promise<AlertChannel | null> {
    return loadAlertChannel(ctx, id);
  }

  @Query(() => AlertChannelConnection, {
    description: describe('The channels that alerts are sent to, oldest first.', RULES.signedIn),
  })
  async alertChannels(
    @Ctx() ctx: RequestContext,
    @Args(() => AlertChannelsArgs) args: AlertChannelsArgs,
  ): Promise<ConnectionOf<AlertChannel>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toAlertChannel);
  }

  @Mutation(() => CreateAlertChannelPayload, {
    description: describe('Makes a channel that alerts are sent to.', CHANNEL_ADMIN),
  })
  async createAlertChannel(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateAlertChannelInput, { description: 'The new channel.' })
    input: CreateAlertChannelInput,
  ): Promise<CreateAlertChannelPayload> {
    return toPayload(await this.service.create(ctx, input), withSecret);
  }

  @Mutation(() => UpdateAlertChannelPayload, {
    description: describe('Changes a channel.', CHANNEL_ADMIN),
  })
  async updateAlertChannel(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateAlertChannelInput, { description: 'What to change.' })
    input: UpdateAlertChannelInput,
  ): Promise<UpdateAlertChannelPayload> {
    return toPayload(await this.service.update(ctx, input), payload);
  }

  @Mutation(() => DeleteAlertChannelPayload, {
    description: describe(
      'Deletes a channel with its secrets. What it was told stays listed; what waits for it is not sent.',
      CHANNEL_ADMIN,
    ),
  })
  async deleteAlertChannel(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteAlertChannelInput, { description: 'Which channel.' })
    input: DeleteAlertChannelInput,
  ): Promise<DeleteAlertChannelPayload> {
    return toPayload(await this.service.delete(ctx, input.alertChannelId), payload);
  }

  @Mutation(() => RotateAlertChannelSecretPayload, {
    description: describe('Gives a webhook a new secret.', CHANNEL_ADMIN),
  })
  async rotateAlertChannelSecret(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RotateAlertChannelSecretInput, { description: 'Which channel.' })
    input: RotateAlertChannelSecretInput,
  ): Promise<RotateAlertChannelSecretPayload> {
    return toPayload(await this.service.rotateSecret(ctx, input.alertChannelId), withSecret);
  }
}
