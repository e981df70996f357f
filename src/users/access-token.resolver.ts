import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { toPayload } from '../platform/graphql/payload';
import { CreateAccessTokenInput, RevokeAccessTokenInput } from './access-token.input';
import { CreateAccessTokenPayload, RevokeAccessTokenPayload } from './access-token.payload';
import { AccessTokenService } from './access-token.service';
import { AccessToken, toAccessToken } from './access-token.type';
import { loadUser } from './user.loader';
import { User } from './user.type';

@Resolver(() => AccessToken)
export class AccessTokenResolver {
  constructor(private readonly tokens: AccessTokenService) {}

  @FieldResolver(() => User, {
    nullable: true,
    description: 'The user whom it lets in; null for one of a service account.',
  })
  async user(@Ctx() ctx: RequestContext, @Root() token: AccessToken): Promise<User | null> {
    return token.userId === null ? null : loadUser(ctx, token.userId);
  }

  @Mutation(() => CreateAccessTokenPayload, {
    description: describe('Makes an access token. Its secret is shown this once.', RULES.self),
  })
  async createAccessToken(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateAccessTokenInput, { description: 'The new access token.' })
    input: CreateAccessTokenInput,
  ): Promise<CreateAccessTokenPayload> {
    return toPayload(await this.tokens.create(ctx, input), ({ token, secret }) => ({
      accessToken: toAccessToken(token),
      secret,
    }));
  }

  @Mutation(() => RevokeAccessTokenPayload, {
    description: describe(
      'Revokes an access token for good. Every server process refuses it within 5 seconds.',
      RULES.tokenHolder,
    ),
  })
  async revokeAccessToken(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => RevokeAccessTokenInput, { description: 'The access token to revoke.' })
    input: RevokeAccessTokenInput,
  ): Promise<RevokeAccessTokenPayload> {
    return toPayload(await this.tokens.revoke(ctx, input.accessTokenId), (token) => ({
      accessToken: toAccessToken(token),
    }));
  }
}
