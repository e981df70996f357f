import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, requireRule, RULES } from '../access/rules';
import { MAX_PAGE_SIZE } from '../platform/database/keyset';
import { AppError } from '../platform/errors';
import { Node } from '../platform/graphql/node.type';
import { loadNode } from './node-kinds';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: describe('The object with that id; null when it is absent or not visible.', RULES.signedIn),
  })
  node(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of any object.' }) id: string,
  ): Promise<Node | null> {
    requireRule(ctx.principal, RULES.signedIn);
    return loadNode(ctx, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: describe(
      `The objects with these ids, at most ${MAX_PAGE_SIZE}, in their order; null in the place of one that is absent ` +
        'or not visible.',
      RULES.signedIn,
    ),
  })
  nodes(
    @Ctx() ctx: RequestContext,
    @Arg('ids', () => [ID], { description: 'Ids of any objects.' }) ids: string[],
  ): Promise<(Node | null)[]> {
    requireRule(ctx.principal, RULES.signedIn);
    if (ids.length > MAX_PAGE_SIZE) {
      throw new AppError('BAD_USER_INPUT', `"ids" may hold ${MAX_PAGE_SIZE} ids; it holds ${ids.length}.`, [
        'ids',
      ]);
    }
    return Promise.all(ids.map((id) => loadNode(ctx, id)));
  }
}
