import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node.type';
import { DateTimeScalar, JsonScalar } from '../platform/graphql/scalars';
import type { CustomerEntity } from './customer.entity';

@ObjectType('Customer', {
  implements: Node,
  description:
    'An end user of the applications of one organization, named by the `user` of their calls. Two organizations may have ' +
    'customers of the same name; they are different ones. Its record is made with its first call.',
})
export class Customer implements Node {
  @Field(() => ID, { description: 'Opaque id, prefixed `cust_`.' })
  id: string;

  @Field(() => String, { description: 'The id that applications send for it, as spend logs show it.' })
  externalId: string;

  @Field(() => String, { nullable: true, description: 'Name for people; null when none was given.' })
  alias: string | null;

  @Field(() => JsonScalar, { description: 'Free metadata of the caller.' })
  metadata: Record<string, unknown>;

  @Field(() => Boolean, { description: 'Whether all calls made for it are refused.' })
  blocked: boolean;

  @Field(() => DateTimeScalar, { description: 'When its record was made.' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When its record was last changed.' })
  updatedAt: Date;

  /** For the edge to the organization. */
  organizationId: string;
}

export const CustomerConnection = connectionType(Customer, 'Customer');

export function toCustomer(row: CustomerEntity): Customer {
  const { id, externalId, alias, metadata, blocked, createdAt, updatedAt, organizationId } = row;
  return { id, externalId, alias, metadata, blocked, createdAt, updatedAt, organizationId };
}
