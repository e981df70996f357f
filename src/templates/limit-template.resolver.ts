import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Limit } from '../limits/limit.type';
import { loadLimitTemplate } from './template.loader';
import { LimitTemplate } from './template.type';

@Resolver(() => Limit)
export class LimitTemplateLimitResolver {
  @FieldResolver(() => LimitTemplate, {
    nullable: true,
    description: 'The template of a limit on a template; else null, as when it is not visible.',
  })
  async template(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<LimitTemplate | null> {
    return limit.scope === 'TEMPLATE' ? loadLimitTemplate(ctx, limit.scopeId) : null;
  }
}
