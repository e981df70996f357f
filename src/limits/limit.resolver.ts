import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { toPayload } from '../platform/graphql/payload';
import { describeLimitRules } from './limit-rules';
import { LimitWindow, LimitWindowConnection } from './limit-window.type';
import { DeleteLimitInput, LimitsArgs, SetLimitInput, toLimitFilter, UpdateLimitInput } from './limit.input';
import { loadLimit, loadPresentWindow, loadWindows } from './limit.loader';
import { DeleteLimitPayload, SetLimitPayload, UpdateLimitPayload } from './limit.payload';
import { LimitService } from './limit.service';
import { Limit, LimitConnection, toLimit } from './limit.type';

@Resolver(() => Limit)
export class LimitResolver {
  constructor(private readonly limits: LimitService) {}

  @Query(() => Limit, {
    nullable: true,
    description: describe('The limit with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  limit(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the limit.' }) id: string,
  ): Promise<Limit | null> {
    return loadLimit(ctx, id);
  }

  @Query(() => LimitConnection, {
    name: 'limits',
    description: describe('The limits, oldest first.', RULES.signedIn),
  })
  async limitList(
    @Ctx() ctx: RequestContext,
    @Args(() => LimitsArgs) args: LimitsArgs,
  ): Promise<ConnectionOf<Limit>> {
    return toConnection(await this.limits.list(ctx, toLimitFilter(args.filter), args), toLimit);
  }

  @FieldResolver(() => LimitWindow, { description: 'The window that calls count in now.' })
  window(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<LimitWindow> {
    return loadPresentWindow(ctx, limit);
  }

  @FieldResolver(() => LimitWindowConnection, {
    description:
      'The windows that calls counted in, newest first. A window that no call needed is not there.',
  })
  windows(
    @Root() limit: Limit,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<LimitWindow>> {
    return loadWindows(ctx, limit, page);
  }

  @Mutation(() => SetLimitPayload, {
    description: describeLimitRules('Sets a limit. Calls already booked or in flight in its window count.'),
  })
  async setLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SetLimitInput, { description: 'The limit.' }) input: SetLimitInput,
  ): Promise<SetLimitPayload> {
    return toPayload(await this.limits.set(ctx, input), (row) => ({ limit: toLimit(row) }));
  }

  @Mutation(() => UpdateLimitPayload, { description: describeLimitRules('Changes the terms of a limit.') })
  async updateLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateLimitInput, { description: 'What to change.' }) input: UpdateLimitInput,
  ): Promise<UpdateLimitPayload> {
    return toPayload(await this.limits.update(ctx, input), (row) => ({ limit: toLimit(row) }));
  }

  @Mutation(() => DeleteLimitPayload, {
    description: describeLimitRules(
      'Deletes a limit. Its windows are kept, and calls in flight are still booked to them.',
    ),
  })
  async deleteLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteLimitInput, { description: 'Which limit.' }) input: DeleteLimitInput,
  ): Promise<DeleteLimitPayload> {
    return toPayload(await this.limits.remove(ctx, input.limitId), (row) => ({ deletedLimitId: row.id }));
  }
}
