import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Viewer } from '../users/viewer.type';
import { loadKey } from './key.loader';
import { VirtualKey } from './key.type';

@Resolver(() => Viewer)
export class ViewerKeyResolver {
  @FieldResolver(() => VirtualKey, {
    nullable: true,
    description: 'The virtual key that the caller signed in with; null for any other caller.',
  })
  async key(@Ctx() ctx: RequestContext): Promise<VirtualKey | null> {
    return ctx.principal.kind === 'KEY' ? loadKey(ctx, ctx.principal.keyId) : null;
  }
}
