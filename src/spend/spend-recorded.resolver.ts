import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { permitScope, type ScopeMember } from '../access/permit-scope';
import { describe, RULES } from '../access/rules';
import { loadKey } from '../keys/key.loader';
import { loadOrganization } from '../organizations/organization.loader';
import { AppError } from '../platform/errors';
import { whenPermitted } from '../platform/graphql/live-topics';
import { loadProject } from '../projects/project.loader';
import { loadTeam } from '../teams/team.loader';
import { loadUser } from '../users/user.loader';
import type { SpendFeed } from './spend-feed';
import type { SpendLogEntity } from './spend-log.entity';
import { isSpendVisible } from './spend-log.repository';
import { SpendLog, toSpendLog } from './spend-log.type';
import { SpendScopeInput } from './spend.input';

export const SPEND_RECORDED = 'spendRecorded';

export interface SpendRecordedRequest {
  readonly ctx: RequestContext;
  readonly scope: SpendScopeInput;
}

/** The source of the topic SPEND_RECORDED. */
export function spendRecorded(feed: SpendFeed) {
  return ({ ctx, scope }: SpendRecordedRequest): AsyncIterable<SpendLogEntity> =>
    whenPermitted(feed.subscribe(scope, ctx.visibility), permitScope(ctx, members(scope)));
}

@Resolver()
export class SpendRecordedResolver {
  @Subscription(() => SpendLog, {
    topics: SPEND_RECORDED,
    topicId: ({ context, args }: { context: RequestContext; args: { scope?: SpendScopeInput | null } }) => ({
      ctx: context,
      scope: args.scope ?? {},
    }),
    description: describe(
      'Rows of the spend log as they are written, on whichever server process. Each comes at most once and may be ' +
        'lost with the connection. To catch up, list `spendLogs(orderBy: BOOKED_ASC)` after the `bookedCursor` of a row ' +
        'from a little earlier, and drop the rows seen already.',
      RULES.signedIn,
    ),
  })
  spendRecorded(
    @Root() row: SpendLogEntity,
    @Ctx() ctx: RequestContext,
    @Arg('scope', () => SpendScopeInput, {
      nullable: true,
      description: 'Whose spend to follow; all that is visible to the caller by default.',
    })
    _scope?: SpendScopeInput | null,
  ): SpendLog {
    if (!isSpendVisible(row, ctx.visibility)) {
      throw new AppError('FORBIDDEN', 'Your access was narrowed. Subscribe again.');
    }
    return toSpendLog(row);
  }
}

function members(scope: SpendScopeInput): ScopeMember[] {
  return [
    ['organizationId', scope.organizationId, loadOrganization],
    ['teamId', scope.teamId, loadTeam],
    ['projectId', scope.projectId, loadProject],
    ['userId', scope.userId, loadUser],
    ['keyId', scope.keyId, loadKey],
  ];
}
