import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { SpendReportArgs, toReportAsk, TopSpendersInput, toTopAsk } from './spend-report.input';
import { SpendReportService } from './spend-report.service';
import { SpendReport, toSpendReport } from './spend-report.type';

@Resolver(() => SpendReport)
export class SpendReportResolver {
  constructor(private readonly reports: SpendReportService) {}

  @Query(() => SpendReport, {
    description: describe(
      'Spend by groups and buckets of time, of all that is visible to the caller.',
      RULES.signedIn,
    ),
  })
  async spendReport(
    @Ctx() ctx: RequestContext,
    @Args(() => SpendReportArgs) args: SpendReportArgs,
  ): Promise<SpendReport> {
    return toSpendReport(await this.reports.report(ctx, toReportAsk(args)));
  }

  @Query(() => SpendReport, {
    description: describe(
      'Who or what spent most in a range, most expensive first, of all that is visible to the caller.',
      RULES.signedIn,
    ),
  })
  async topSpenders(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => TopSpendersInput, { description: 'Whose spend to compare.' }) input: TopSpendersInput,
  ): Promise<SpendReport> {
    return toSpendReport(await this.reports.report(ctx, toTopAsk(input)));
  }
}
