import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { SpendReportArgs, toSpendReportQuery } from './spend-report.input';
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
    return toSpendReport(await this.reports.report(ctx, toSpendReportQuery(args)));
  }
}
