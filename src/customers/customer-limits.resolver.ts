import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { customerScopeId } from '../domain/limits/customer-scope';
import { LimitConnection, type Limit } from '../limits/limit.type';
import { loadLimitsOf } from '../limits/limits-of.loader';
import type { ConnectionOf } from '../platform/graphql/connection';
import { PageArgs } from '../platform/graphql/page.args';
import { Customer } from './customer.type';

@Resolver(() => Customer)
export class CustomerLimitsResolver {
  @FieldResolver(() => LimitConnection, {
    description: 'The limits set on the customer itself that are visible to the caller, oldest first.',
  })
  limits(
    @Root() customer: Customer,
    @Ctx() ctx: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Limit>> {
    return loadLimitsOf(ctx, 'CUSTOMER', customerScopeId(customer.organizationId, customer.externalId), page);
  }
}
