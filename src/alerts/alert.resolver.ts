import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { AcknowledgeAlertInput, AlertsArgs } from './alert.input';
import { loadAlert } from './alert.loader';
import { AcknowledgeAlertPayload } from './alert.payload';
import { AlertService } from './alert.service';
import { Alert, AlertConnection, toAlert } from './alert.type';

@Resolver()
export class AlertResolver {
  constructor(private readonly service: AlertService) {}

  @Query(() => Alert, {
    nullable: true,
    description: describe('The alert with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  alert(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the alert.' }) id: string,
  ): Promise<Alert | null> {
    return loadAlert(ctx, id);
  }

  @Query(() => AlertConnection, {
    description: describe('The alerts that are visible to the caller, newest first.', RULES.signedIn),
  })
  async alerts(
    @Ctx() ctx: RequestContext,
    @Args(() => AlertsArgs) args: AlertsArgs,
  ): Promise<ConnectionOf<Alert>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toAlert);
  }

  @Mutation(() => AcknowledgeAlertPayload, {
    description: describe(
      'Says that somebody sees to an alert. The first to say so stays named.',
      RULES.alertAdmin,
    ),
  })
  async acknowledgeAlert(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => AcknowledgeAlertInput, { description: 'Which alert.' }) input: AcknowledgeAlertInput,
  ): Promise<AcknowledgeAlertPayload> {
    return toPayload(await this.service.acknowledge(ctx, input), (row) => ({ alert: toAlert(row) }));
  }
}
