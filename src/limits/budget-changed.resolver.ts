import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, requireRule, RULES } from '../access/rules';
import { AppError } from '../platform/errors';
import { whenPermitted } from '../platform/graphql/live-topics';
import { isLimitVisible } from './limit-events.repository';
import type { LimitFeed, LimitState } from './limit-feed';
import { loadLimit, primePresentWindow } from './limit.loader';
import { Limit, toLimit } from './limit.type';

export const BUDGET_CHANGED = 'budgetChanged';

export interface BudgetChangedRequest {
  readonly ctx: RequestContext;
  readonly limitId: string;
}

/** The source of the topic BUDGET_CHANGED. */
export function budgetChanged(feed: LimitFeed) {
  return ({ ctx, limitId }: BudgetChangedRequest): AsyncIterable<LimitState> =>
    whenPermitted(feed.subscribe(limitId, ctx.visibility), permitLimit(ctx, limitId));
}

@Resolver()
export class BudgetChangedResolver {
  @Subscription(() => Limit, {
    topics: BUDGET_CHANGED,
    topicId: ({ context, args }: { context: RequestContext; args: { limitId: string } }) => ({
      ctx: context,
      limitId: args.limitId,
    }),
    description: describe(
      'The limit whenever its terms or what its window holds change, on whichever server process; ends when it is ' +
        'deleted. Changes in quick succession may come as one, and each comes at most once. To catch up, query `limit`.',
      RULES.signedIn,
    ),
  })
  budgetChanged(
    @Root() state: LimitState,
    @Ctx() ctx: RequestContext,
    @Arg('limitId', () => ID, { description: 'The limit to follow.' }) _limitId: string,
  ): Limit {
    if (!isLimitVisible(state, ctx.visibility)) {
      throw new AppError('FORBIDDEN', 'Your access was narrowed. Subscribe again.');
    }
    primePresentWindow(ctx, state.limit.id, state.latest);
    return toLimit(state.limit);
  }
}

/** Throws NOT_FOUND for a limit that is absent or not visible. */
async function permitLimit(ctx: RequestContext, limitId: string): Promise<void> {
  requireRule(ctx.principal, RULES.signedIn);
  if ((await loadLimit(ctx, limitId)) === null) {
    throw new AppError('NOT_FOUND', `There is no limit "${limitId}".`, ['limitId']);
  }
}
