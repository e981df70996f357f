import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { AccessToken } from '../users/access-token.type';
import { loadServiceAccount } from './service-account.loader';
import { ServiceAccount } from './service-account.type';

@Resolver(() => AccessToken)
export class AccessTokenServiceAccountResolver {
  @FieldResolver(() => ServiceAccount, {
    nullable: true,
    description: 'The service account that it lets in; null for one of a user.',
  })
  async serviceAccount(
    @Ctx() ctx: RequestContext,
    @Root() token: AccessToken,
  ): Promise<ServiceAccount | null> {
    return token.serviceAccountId === null ? null : loadServiceAccount(ctx, token.serviceAccountId);
  }
}
