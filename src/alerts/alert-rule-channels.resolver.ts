import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadAlertChannel } from './alert-channel.loader';
import { AlertChannel } from './alert-channel.type';
import { AlertRule } from './alert-rule.type';

@Resolver(() => AlertRule)
export class AlertRuleChannelsResolver {
  @FieldResolver(() => [AlertChannel], {
    nullable: true,
    description:
      'The channels that are told, as far as they are visible; null for all that hear of the place, empty for none.',
  })
  async channels(@Ctx() ctx: RequestContext, @Root() rule: AlertRule): Promise<AlertChannel[] | null> {
    if (rule.channelIds === null) return null;
    const found = await Promise.all(rule.channelIds.map((id) => loadAlertChannel(ctx, id)));
    return found.filter((channel) => channel !== null);
  }
}
