import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadAccessTokensOf } from './access-token.loader';
import { AccessTokenConnection, type AccessToken } from './access-token.type';
import { User } from './user.type';

@Resolver(() => User)
export class UserAccessTokensResolver {
  @FieldResolver(() => AccessTokenConnection, {
    description:
      'The access tokens of the user, newest first, revoked and expired ones too. Empty for callers other than the ' +
      'user itself and those who see the whole server.',
  })
  accessTokens(
    @Ctx() ctx: RequestContext,
    @Root() user: User,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<AccessToken>> {
    return loadAccessTokensOf(ctx, 'user', user.id, args);
  }
}
