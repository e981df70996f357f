import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { permitScope, type ScopeMember } from '../access/permit-scope';
import { describe, RULES } from '../access/rules';
import { loadOrganization } from '../organizations/organization.loader';
import { AppError } from '../platform/errors';
import { whenPermitted } from '../platform/graphql/live-topics';
import { loadProject } from '../projects/project.loader';
import { loadServiceAccount } from '../service-accounts/service-account.loader';
import { loadTeam } from '../teams/team.loader';
import { loadUser } from '../users/user.loader';
import { KeyEvent, toKeyEvent } from './key-event.type';
import type { ChangedKey, KeyFeed } from './key-feed';
import { KeyScopeInput } from './key.input';
import { loadKey } from './key.loader';
import { isKeyVisible } from './key.repository';

export const KEY_CHANGED = 'keyChanged';

export interface KeyChangedRequest {
  readonly ctx: RequestContext;
  readonly scope: KeyScopeInput;
}

/** The source of the topic KEY_CHANGED. */
export function keyChanged(feed: KeyFeed) {
  return ({ ctx, scope }: KeyChangedRequest): AsyncIterable<ChangedKey> =>
    whenPermitted(feed.subscribe(scope, ctx.visibility), permitScope(ctx, members(scope)));
}

@Resolver()
export class KeyChangedResolver {
  @Subscription(() => KeyEvent, {
    topics: KEY_CHANGED,
    topicId: ({ context, args }: { context: RequestContext; args: { scope?: KeyScopeInput | null } }) => ({
      ctx: context,
      scope: args.scope ?? {},
    }),
    description: describe(
      'Virtual keys as they are made, updated, rotated, blocked, unblocked, ended and deleted, on whichever server process. ' +
        'Each change comes at most once and may be lost with the connection; a key that leaves the scope is not told of ' +
        'any more. To catch up, list `keys`, or the `auditLog` of keys.',
      RULES.signedIn,
    ),
  })
  keyChanged(
    @Root() event: ChangedKey,
    @Ctx() ctx: RequestContext,
    @Arg('scope', () => KeyScopeInput, {
      nullable: true,
      description: 'Whose keys to follow; all that are visible to the caller by default.',
    })
    _scope?: KeyScopeInput | null,
  ): KeyEvent {
    if (!isKeyVisible(event.key, ctx.visibility)) {
      throw new AppError('FORBIDDEN', 'Your access was narrowed. Subscribe again.');
    }
    return toKeyEvent(event, ctx.clock.now());
  }
}

function members(scope: KeyScopeInput): ScopeMember[] {
  return [
    ['organizationId', scope.organizationId, loadOrganization],
    ['teamId', scope.teamId, loadTeam],
    ['projectId', scope.projectId, loadProject],
    ['userId', scope.userId, loadUser],
    ['serviceAccountId', scope.serviceAccountId, loadServiceAccount],
    ['keyId', scope.keyId, loadKey],
  ];
}
