import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Viewer } from '../users/viewer.type';
import { loadServiceAccount } from './service-account.loader';
import { ServiceAccount } from './service-account.type';

@Resolver(() => Viewer)
export class ViewerServiceAccountResolver {
  @FieldResolver(() => ServiceAccount, {
    nullable: true,
    description: 'The calling service account; null for any other caller.',
  })
  async serviceAccount(@Ctx() ctx: RequestContext): Promise<ServiceAccount | null> {
    const id = ctx.visibility.ownServiceAccountId;
    return id === null ? null : loadServiceAccount(ctx, id);
  }
}
