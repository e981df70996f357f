import { Field, ID, InputType } from 'type-graphql';
import { JsonScalar } from '../platform/graphql/scalars';
import type { CreateCustomer, UpdateCustomer } from './customer.service';

@InputType('CreateCustomerInput', { description: 'A customer to know before its first call.' })
export class CreateCustomerInput implements CreateCustomer {
  @Field(() => ID, {
    nullable: true,
    description: 'The organization whose applications serve it; the default organization by default.',
  })
  organizationId?: string | null;

  @Field(() => String, { description: 'The id that applications send for it.' })
  externalId: string;

  @Field(() => String, { nullable: true, description: 'Name for people.' })
  alias?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Free metadata of the caller.' })
  metadata?: Record<string, unknown> | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to refuse its calls; false by default.' })
  blocked?: boolean | null;
}

@InputType('UpdateCustomerInput', {
  description: 'Changes to a customer. What is absent stays; null clears.',
})
export class UpdateCustomerInput implements UpdateCustomer {
  @Field(() => ID, { description: 'The customer to change.' })
  customerId: string;

  @Field(() => String, { nullable: true, description: 'New name for people.' })
  alias?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'New metadata, in place of the old.' })
  metadata?: Record<string, unknown> | null;
}

@InputType('BlockCustomerInput', { description: 'The customer to block.' })
export class BlockCustomerInput {
  @Field(() => ID, { description: 'The customer to block.' })
  customerId: string;
}

@InputType('UnblockCustomerInput', { description: 'The customer to unblock.' })
export class UnblockCustomerInput {
  @Field(() => ID, { description: 'The customer to unblock.' })
  customerId: string;
}

@InputType('DeleteCustomerInput', { description: 'The customer to delete.' })
export class DeleteCustomerInput {
  @Field(() => ID, { description: 'The customer to delete.' })
  customerId: string;
}
