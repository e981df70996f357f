import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../access/context';
import { describe, RULES } from '../access/rules';
import { loadOrganization } from '../organizations/organization.loader';
import { Organization } from '../organizations/organization.type';
import { toConnection, type ConnectionOf } from '../platform/graphql/connection';
import { toPayload } from '../platform/graphql/payload';
import { CustomersArgs } from './customer.args';
import {
  BlockCustomerInput,
  CreateCustomerInput,
  DeleteCustomerInput,
  UnblockCustomerInput,
  UpdateCustomerInput,
} from './customer.input';
import { loadCustomer } from './customer.loader';
import {
  BlockCustomerPayload,
  CreateCustomerPayload,
  DeleteCustomerPayload,
  UnblockCustomerPayload,
  UpdateCustomerPayload,
} from './customer.payload';
import { CustomerService } from './customer.service';
import { Customer, CustomerConnection, toCustomer } from './customer.type';

const payload = (row: Parameters<typeof toCustomer>[0]) => ({ customer: toCustomer(row) });

@Resolver(() => Customer)
export class CustomerResolver {
  constructor(private readonly customers: CustomerService) {}

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The organization whose customer it is.',
  })
  organization(@Ctx() ctx: RequestContext, @Root() customer: Customer): Promise<Organization | null> {
    return loadOrganization(ctx, customer.organizationId);
  }

  @Query(() => Customer, {
    nullable: true,
    description: describe(
      'The customer with that id; null when it is absent or not visible.',
      RULES.signedIn,
    ),
  })
  customer(
    @Ctx() ctx: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the customer.' }) id: string,
  ): Promise<Customer | null> {
    return loadCustomer(ctx, id);
  }

  @Query(() => CustomerConnection, {
    name: 'customers',
    description: describe('The customers, oldest first.', RULES.signedIn),
  })
  async customerList(
    @Ctx() ctx: RequestContext,
    @Args(() => CustomersArgs) args: CustomersArgs,
  ): Promise<ConnectionOf<Customer>> {
    return toConnection(await this.customers.list(ctx, args.filter ?? {}, args), toCustomer);
  }

  @Mutation(() => CreateCustomerPayload, {
    description: describe(
      'Makes the record of a customer before its first call, which would make it too.',
      RULES.organizationAdmin,
    ),
  })
  async createCustomer(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => CreateCustomerInput, { description: 'The new customer.' }) input: CreateCustomerInput,
  ): Promise<CreateCustomerPayload> {
    return toPayload(await this.customers.create(ctx, input), payload);
  }

  @Mutation(() => UpdateCustomerPayload, {
    description: describe('Changes a customer.', RULES.organizationAdmin),
  })
  async updateCustomer(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UpdateCustomerInput, { description: 'What to change.' }) input: UpdateCustomerInput,
  ): Promise<UpdateCustomerPayload> {
    return toPayload(await this.customers.update(ctx, input), payload);
  }

  @Mutation(() => BlockCustomerPayload, {
    description: describe(
      'Blocks a customer: all calls made for it are refused until it is unblocked.',
      RULES.organizationAdmin,
    ),
  })
  async blockCustomer(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => BlockCustomerInput, { description: 'The customer to block.' })
    input: BlockCustomerInput,
  ): Promise<BlockCustomerPayload> {
    return toPayload(await this.customers.block(ctx, input.customerId), payload);
  }

  @Mutation(() => UnblockCustomerPayload, {
    description: describe('Ends the blocking of a customer.', RULES.organizationAdmin),
  })
  async unblockCustomer(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => UnblockCustomerInput, { description: 'The customer to unblock.' })
    input: UnblockCustomerInput,
  ): Promise<UnblockCustomerPayload> {
    return toPayload(await this.customers.unblock(ctx, input.customerId), payload);
  }

  @Mutation(() => DeleteCustomerPayload, {
    description: describe(
      'Deletes the record of a customer and the limits that are set on it. Its spend stays, and another call for it makes a new record.',
      RULES.organizationAdmin,
    ),
  })
  async deleteCustomer(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => DeleteCustomerInput, { description: 'The customer to delete.' })
    input: DeleteCustomerInput,
  ): Promise<DeleteCustomerPayload> {
    const removed = await this.customers.remove(ctx, input.customerId);
    return toPayload(removed, (row) => ({ deletedCustomerId: row.id }));
  }
}
