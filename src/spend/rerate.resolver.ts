import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { RerateSpendInput } from './rerate.input';
import { RerateService } from './rerate.service';
import { RerateSpendPayload, toRerateReport } from './rerate.type';

@Resolver()
export class RerateResolver {
  constructor(private readonly service: RerateService) {}

  @Mutation(() => RerateSpendPayload, {
    description: describe(
      'Rates calls again by the prices, discounts and margins that are now known for the instant of each call, and books ' +
        'the differences as corrections. Rows are never changed; a second run books nothing.',
      RULES.serverAdmin,
    ),
  })
  async rerateSpend(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RerateSpendInput, { description: 'Which calls, and whether to book.' })
    input: RerateSpendInput,
  ): Promise<RerateSpendPayload> {
    return toPayload(await this.service.rerate(ctx, input), (report) => ({ report: toRerateReport(report) }));
  }
}
