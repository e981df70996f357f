import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadUser } from './user.loader';
import { User } from './user.type';
import { toViewer, Viewer } from './viewer.type';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: describe('Who is asking.', RULES.anyone) })
  viewer(@Ctx() ctx: RequestContext): Viewer {
    return toViewer(ctx.principal);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The calling user, or the one that the calling key belongs to; null when there is none.',
  })
  async user(@Ctx() ctx: RequestContext, @Root() viewer: Viewer): Promise<User | null> {
    return viewer.userId === null ? null : loadUser(ctx, viewer.userId);
  }
}
