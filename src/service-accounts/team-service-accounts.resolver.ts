import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import type { ConnectionOf } from '../platform/graphql/connection';
import { Team } from '../teams/team.type';
import { ServiceAccountsArgs } from './service-account.input';
import { loadServiceAccountsOf } from './service-account.loader';
import { ServiceAccountConnection, type ServiceAccount } from './service-account.type';

@Resolver(() => Team)
export class TeamServiceAccountsResolver {
  @FieldResolver(() => ServiceAccountConnection, {
    description: 'The service accounts of the team that the caller sees, oldest first.',
  })
  serviceAccounts(
    @Ctx() ctx: RequestContext,
    @Root() team: Team,
    @Args(() => ServiceAccountsArgs) args: ServiceAccountsArgs,
  ): Promise<ConnectionOf<ServiceAccount>> {
    return loadServiceAccountsOf(ctx, 'team', team.id, args);
  }
}
