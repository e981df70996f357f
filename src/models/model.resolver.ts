import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { ModelsArgs } from './model.input';
import { ModelService } from './model.service';
import { ModelInfo, ModelInfoConnection, toModelInfo } from './model.type';

@Resolver(() => ModelInfo)
export class ModelResolver {
  constructor(private readonly service: ModelService) {}

  @Query(() => ModelInfoConnection, {
    description: describe(
      'The models that the caller may use, by name. A deployment by pattern is shown as the models it is known to serve.',
      RULES.signedIn,
    ),
  })
  async models(
    @Ctx() ctx: RequestContext,
    @Args(() => ModelsArgs) args: ModelsArgs,
  ): Promise<ConnectionOf<ModelInfo>> {
    return toConnection(await this.service.list(ctx, args.filter ?? {}, args), toModelInfo);
  }
}
