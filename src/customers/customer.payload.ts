import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload';
import { Customer } from './customer.type';

@ObjectType('CreateCustomerPayload', { description: 'The outcome of `createCustomer`.' })
export class CreateCustomerPayload extends Payload {
  @Field(() => Customer, { nullable: true, description: 'The new customer; null when it was not made.' })
  customer?: Customer | null;
}

@ObjectType('UpdateCustomerPayload', { description: 'The outcome of `updateCustomer`.' })
export class UpdateCustomerPayload extends Payload {
  @Field(() => Customer, {
    nullable: true,
    description: 'The changed customer; null when it was not changed.',
  })
  customer?: Customer | null;
}

@ObjectType('BlockCustomerPayload', { description: 'The outcome of `blockCustomer`.' })
export class BlockCustomerPayload extends Payload {
  @Field(() => Customer, {
    nullable: true,
    description: 'The blocked customer; null when it was not blocked.',
  })
  customer?: Customer | null;
}

@ObjectType('UnblockCustomerPayload', { description: 'The outcome of `unblockCustomer`.' })
export class UnblockCustomerPayload extends Payload {
  @Field(() => Customer, {
    nullable: true,
    description: 'The unblocked customer; null when it was not unblocked.',
  })
  customer?: Customer | null;
}

@ObjectType('DeleteCustomerPayload', { description: 'The outcome of `deleteCustomer`.' })
export class DeleteCustomerPayload extends Payload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the deleted customer; null when it was not deleted.',
  })
  deletedCustomerId?: string | null;
}
