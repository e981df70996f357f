import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { AlertChannel } from './alert-channel.type';
import { AlertDeliveriesArgs } from './delivery.args';
import { loadDeliveriesOfChannel } from './delivery.loader';
import { AlertDeliveryConnection, type AlertDelivery } from './delivery.type';

@Resolver(() => AlertChannel)
export class AlertChannelEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization whose alerts it is told; null for one of the whole server.',
  })
  organization(@Ctx() ctx: RequestContext, @Root() channel: AlertChannel): Promise<Organization | null> {
    return channel.organizationId === null
      ? Promise.resolve(null)
      : loadOrganization(ctx, channel.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team whose alerts it is told; null for one of a whole organization or server.',
  })
  team(@Ctx() ctx: RequestContext, @Root() channel: AlertChannel): Promise<Team | null> {
    return channel.teamId === null ? Promise.resolve(null) : loadTeam(ctx, channel.teamId);
  }

  @FieldResolver(() => AlertDeliveryConnection, { description: 'What it was told, newest first.' })
  deliveries(
    @Ctx() ctx: RequestContext,
    @Root() channel: AlertChannel,
    @Args(() => AlertDeliveriesArgs) args: AlertDeliveriesArgs,
  ): Promise<ConnectionOf<AlertDelivery>> {
    return loadDeliveriesOfChannel(ctx, channel.id, args);
  }
}
