import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { ServiceAccountsArgs } from './service-account.input';
import { loadServiceAccountsOf } from './service-account.loader';
import { ServiceAccountConnection, type ServiceAccount } from './service-account.type';

@Resolver(() => Organization)
export class OrganizationServiceAccountsResolver {
  @FieldResolver(() => ServiceAccountConnection, {
    description: 'The service accounts of the organization and its teams that the caller sees, oldest first.',
  })
  serviceAccounts(
    @Ctx() ctx: RequestContext,
    @Root() organization: Organization,
    @Args(() => ServiceAccountsArgs) args: ServiceAccountsArgs,
  ): Promise<ConnectionOf<ServiceAccount>> {
    return loadServiceAccountsOf(ctx, 'organization', organization.id, args);
  }
}
