import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { permitScope, type ScopeMember } from '../access/permit-scope';
import { describe, RULES } from '../access/rules';
import { loadKey } from '../keys/key.loader';
import { loadOrganization } from '../organizations/organization.loader';
import { AppError } from '../platform/errors';
import { whenPermitted } from '../platform/graphql/live-topics';
import { loadTeam } from '../teams/team.loader';
import type { AlertFeed } from './alert-feed';
import type { AlertEntity } from './alert.entity';
import { AlertScopeInput } from './alert.input';
import { isAlertVisible } from './alert.repository';
import { Alert, toAlert } from './alert.type';

export const ALERT_RAISED = 'alertRaised';

export interface AlertRaisedRequest {
  readonly ctx: RequestContext;
  readonly scope: AlertScopeInput;
}

/** The source of the topic ALERT_RAISED. */
export function alertRaised(feed: AlertFeed) {
  return ({ ctx, scope }: AlertRaisedRequest): AsyncIterable<AlertEntity> =>
    whenPermitted(feed.subscribe(scope, ctx.visibility), permitScope(ctx, members(scope)));
}

@Resolver()
export class AlertRaisedResolver {
  @Subscription(() => Alert, {
    topics: ALERT_RAISED,
    topicId: ({ context, args }: { context: RequestContext; args: { scope?: AlertScopeInput | null } }) => ({
      ctx: context,
      scope: args.scope ?? {},
    }),
    description: describe(
      'Alerts as they are raised, on whichever server process, and again when they are acknowledged. Each comes at most ' +
        'once and may be lost with the connection. To catch up, list `alerts(filter: { from })`.',
      RULES.signedIn,
    ),
  })
  alertRaised(
    @Root() row: AlertEntity,
    @Ctx() ctx: RequestContext,
    @Arg('scope', () => AlertScopeInput, {
      nullable: true,
      description: 'Whose alerts to follow; all that are visible to the caller by default.',
    })
    _scope?: AlertScopeInput | null,
  ): Alert {
    if (!isAlertVisible(row, ctx.visibility)) {
      throw new AppError('FORBIDDEN', 'Your access was narrowed. Subscribe again.');
    }
    return toAlert(row);
  }
}

function members(scope: AlertScopeInput): ScopeMember[] {
  return [
    ['organizationId', scope.organizationId, loadOrganization],
    ['teamId', scope.teamId, loadTeam],
    ['keyId', scope.keyId, loadKey],
  ];
}
