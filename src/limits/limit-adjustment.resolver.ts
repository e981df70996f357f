import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { formatMoney } from '../domain/money/decimal-text';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { toPayload } from '../platform/graphql/payload';
import { DecimalScalar } from '../platform/graphql/scalars';
import { CreditLimitInput, IncreaseLimitInput, ResetLimitInput } from './limit-adjustment.input';
import {
  CreditLimitPayload,
  IncreaseLimitPayload,
  ResetLimitPayload,
  toAdjusted,
  toIncreased,
} from './limit-adjustment.payload';
import { listAdjustments, listIncreases } from './limit-adjustment.repository';
import { LimitAdjustmentService } from './limit-adjustment.service';
import {
  LimitAdjustmentConnection,
  LimitIncreaseConnection,
  toLimitAdjustment,
  toLimitIncrease,
  type LimitAdjustment,
  type LimitIncrease,
} from './limit-adjustment.type';
import { describeLimitRules } from './limit-rules';
import { loadEffectiveAmount } from './limit.loader';
import { Limit } from './limit.type';

@Resolver(() => Limit)
export class LimitAdjustmentResolver {
  constructor(private readonly service: LimitAdjustmentService) {}

  @FieldResolver(() => DecimalScalar, {
    description: 'How much a window may hold now: the amount and its temporary increases, in its unit.',
  })
  async effectiveAmount(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<string> {
    return formatMoney(await loadEffectiveAmount(ctx, limit));
  }

  @FieldResolver(() => LimitIncreaseConnection, {
    description: 'Its temporary increases, newest first, also those that have ended.',
  })
  increases(
    @Root() limit: Limit,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<LimitIncrease>> {
    return loadChildren(ctx.loaders, limit.id, {
      field: 'Limit.increases',
      args: page,
      fetch: (ids) => listIncreases(ctx.db.manager, ids, page),
      map: toLimitIncrease,
    });
  }

  @FieldResolver(() => LimitAdjustmentConnection, { description: 'Its credits and resets, newest first.' })
  adjustments(
    @Root() limit: Limit,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<LimitAdjustment>> {
    return loadChildren(ctx.loaders, limit.id, {
      field: 'Limit.adjustments',
      args: page,
      fetch: (ids) => listAdjustments(ctx.db.manager, ids, page),
      map: toLimitAdjustment,
    });
  }

  @Mutation(() => IncreaseLimitPayload, {
    description: describeLimitRules(
      'Adds to the amount of a limit until an instant. Several increases add up.',
    ),
  })
  async increaseLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => IncreaseLimitInput, { description: 'The increase.' }) input: IncreaseLimitInput,
  ): Promise<IncreaseLimitPayload> {
    return toPayload(await this.service.increase(ctx, input), toIncreased);
  }

  @Mutation(() => CreditLimitPayload, {
    description: describeLimitRules('Takes an amount off what is spent in the present window of a limit.'),
  })
  async creditLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreditLimitInput, { description: 'The credit.' }) input: CreditLimitInput,
  ): Promise<CreditLimitPayload> {
    return toPayload(await this.service.credit(ctx, input), toAdjusted);
  }

  @Mutation(() => ResetLimitPayload, {
    description: describeLimitRules(
      'Sets what is spent in the present window of a limit to zero. Calls in flight are booked when they end.',
    ),
  })
  async resetLimit(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => ResetLimitInput, { description: 'Which limit, and why.' }) input: ResetLimitInput,
  ): Promise<ResetLimitPayload> {
    return toPayload(await this.service.reset(ctx, input), toAdjusted);
  }
}
