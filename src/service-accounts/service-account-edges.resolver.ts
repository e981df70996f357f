import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { loadTeam } from '../teams/team.loader';
import { Team } from '../teams/team.type';
import { loadAccessTokensOf } from '../users/access-token.loader';
import { AccessTokenConnection, type AccessToken } from '../users/access-token.type';
import { ServiceAccount } from './service-account.type';

@Resolver(() => ServiceAccount)
export class ServiceAccountEdgesResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization that it belongs to.',
  })
  organization(@Ctx() ctx: RequestContext, @Root() account: ServiceAccount): Promise<Organization | null> {
    return loadOrganization(ctx, account.organizationId);
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team that it belongs to; null for one of the whole organization.',
  })
  async team(@Ctx() ctx: RequestContext, @Root() account: ServiceAccount): Promise<Team | null> {
    return account.teamId === null ? null : loadTeam(ctx, account.teamId);
  }

  @FieldResolver(() => AccessTokenConnection, {
    description: 'Its access tokens, newest first, revoked and expired ones too.',
  })
  accessTokens(
    @Ctx() ctx: RequestContext,
    @Root() account: ServiceAccount,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ConnectionOf<AccessToken>> {
    return loadAccessTokensOf(ctx, 'serviceAccount', account.id, args);
  }
}
