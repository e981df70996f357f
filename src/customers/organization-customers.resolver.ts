import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Organization } from '../organizations/organization.type';
import type { ConnectionOf } from '../platform/graphql/connection';
import { CustomersArgs } from './customer.args';
import { loadCustomersOfOrganization } from './customer.loader';
import { CustomerConnection, type Customer } from './customer.type';

@Resolver(() => Organization)
export class OrganizationCustomersResolver {
  @FieldResolver(() => CustomerConnection, {
    description: 'Its customers that the caller sees, oldest first.',
  })
  customers(
    @Ctx() ctx: RequestContext,
    @Root() organization: Organization,
    @Args(() => CustomersArgs) args: CustomersArgs,
  ): Promise<ConnectionOf<Customer>> {
    return loadCustomersOfOrganization(ctx, organization.id, args);
  }
}
