import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Customer } from '../customers/customer.type';
import { customerScopeId } from '../domain/limits/customer-scope';
import { loadSpendTotals } from './spend-totals.loader';
import { SpendTotals } from './spend-totals.type';

@Resolver(() => Customer)
export class CustomerSpendResolver {
  @FieldResolver(() => SpendTotals, {
    description: 'All that was ever booked to the customer, whichever key or team it called with.',
  })
  spend(@Root() customer: Customer, @Ctx() ctx: RequestContext): Promise<SpendTotals> {
    return loadSpendTotals(ctx, 'CUSTOMER', customerScopeId(customer.organizationId, customer.externalId));
  }
}
