import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { CallInFlightConnection, toCallInFlight, type CallInFlight } from './call-in-flight.type';
import { loadSpendLog } from './spend-log.loader';
import { SpendLog, SpendLogConnection, toSpendLog } from './spend-log.type';
import { SpendTotals, toSpendTotals } from './spend-totals.type';
import { CallsInFlightArgs, SpendLogsArgs, toSpendLogList } from './spend.input';
import { SpendService } from './spend.service';

@Resolver(() => SpendLog)
export class SpendLogResolver {
  constructor(private readonly spend: SpendService) {}

  @Query(() => SpendLog, {
    nullable: true,
    description: describe(
      'The row of the spend log with that id; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  spendLog(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the row.' }) id: string,
  ): Promise<SpendLog | null> {
    return loadSpendLog(ctx, id);
  }

  @Query(() => SpendLogConnection, {
    description: describe('The spend log: calls that ended and corrections.', RULES.signedIn),
  })
  async spendLogs(
    @Ctx() ctx: RequestContext,
    @Args(() => SpendLogsArgs) args: SpendLogsArgs,
  ): Promise<ConnectionOf<SpendLog>> {
    return toConnection(await this.spend.list(ctx, toSpendLogList(args)), toSpendLog);
  }

  @Query(() => CallInFlightConnection, {
    description: describe('The calls that have not ended yet, longest running first.', RULES.signedIn),
  })
  async callsInFlight(
    @Ctx() ctx: RequestContext,
    @Args(() => CallsInFlightArgs) args: CallsInFlightArgs,
  ): Promise<ConnectionOf<CallInFlight>> {
    return toConnection(await this.spend.callsInFlight(ctx, args.filter ?? {}, args), toCallInFlight);
  }

  @Query(() => SpendTotals, {
    description: describe('All that was ever booked on this server.', RULES.serverViewer),
  })
  async serverSpend(@Ctx() ctx: RequestContext): Promise<SpendTotals> {
    return toSpendTotals(await this.spend.serverTotal(ctx));
  }
}
