import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { ModelPriceArgs } from '../pricing/price.input';
import { CompletionCostArgs, TokenCountArgs } from './cost.input';
import { CostService } from './cost.service';
import {
  CompletionCostResult,
  CostPerTokenResult,
  toCompletionCost,
  toCostPerToken,
  TokenCountResult,
} from './cost.type';

@Resolver()
export class CostResolver {
  constructor(private readonly service: CostService) {}

  @Query(() => TokenCountResult, {
    description: describe('Counts the tokens of a text, or of messages and tools.', RULES.signedIn),
  })
  tokenCount(
    @Ctx() ctx: RequestContext,
    @Args(() => TokenCountArgs) args: TokenCountArgs,
  ): Promise<TokenCountResult> {
    return this.service.countTokens(ctx, args);
  }

  @Query(() => CostPerTokenResult, {
    description: describe('What one token of a model costs the caller.', RULES.signedIn),
  })
  async costPerToken(
    @Ctx() ctx: RequestContext,
    @Args(() => ModelPriceArgs) args: ModelPriceArgs,
  ): Promise<CostPerTokenResult> {
    return toCostPerToken(await this.service.costPerToken(ctx, args));
  }

  @Query(() => CompletionCostResult, {
    description: describe(
      'What an answer costs the caller, by its usage. Nothing is booked.',
      RULES.signedIn,
    ),
  })
  async completionCost(
    @Ctx() ctx: RequestContext,
    @Args(() => CompletionCostArgs) args: CompletionCostArgs,
  ): Promise<CompletionCostResult> {
    return toCompletionCost(await this.service.completionCost(ctx, args));
  }
}
