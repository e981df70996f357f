import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { Limit } from '../limits/limit.type';
import { loadCustomerOfScope } from './customer.loader';
import { Customer } from './customer.type';

@Resolver(() => Limit)
export class LimitCustomerResolver {
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer of a limit on a customer; else null, as when it is not visible.',
  })
  async customer(@Root() limit: Limit, @Ctx() ctx: RequestContext): Promise<Customer | null> {
    return limit.scope === 'CUSTOMER' ? loadCustomerOfScope(ctx, limit.scopeId) : null;
  }
}
