import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { SpendForecastInput } from './spend-forecast.input';
import { SpendForecastService } from './spend-forecast.service';
import { SpendForecastReport, toSpendForecast } from './spend-forecast.type';

@Resolver()
export class SpendForecastResolver {
  constructor(private readonly service: SpendForecastService) {}

  @Query(() => SpendForecastReport, {
    nullable: true,
    description: describe(
      'Whether, and when, a limit will be exhausted. Null when it is absent or not visible; limits on CONCURRENT calls ' +
        'and on templates have no forecast.',
      RULES.signedIn,
    ),
  })
  async spendForecast(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => SpendForecastInput, { description: 'What to forecast.' }) input: SpendForecastInput,
  ): Promise<SpendForecastReport | null> {
    const answer = await this.service.forecast(ctx, input.limitId);
    return answer && toSpendForecast(answer);
  }
}
