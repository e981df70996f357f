import {
  BlockCustomerDocument,
  CreateCustomerDocument,
  CustomersDocument,
  DeleteCustomerDocument,
  UnblockCustomerDocument,
  UpdateCustomerDocument,
  type CustomersQuery,
} from '../generated/operations';
import { jsonText } from '../lib/form';
import type { HolderKind } from './holder-kind';
import { blockChanges, METADATA, stateColumn } from './parts';

type Customer = CustomersQuery['holders']['nodes'][number];

const nameOf = ({ alias, externalId }: Customer) => alias ?? externalId;

export const CUSTOMERS: HolderKind<Customer> = {
  ...{ title: 'Customers', one: 'customer', scope: 'CUSTOMER', idField: 'customerId' },
  intro: 'End users of your applications, known from the field `user` of their calls.',
  list: CustomersDocument,
  nameOf,
  columns: [
    { name: 'Customer', render: nameOf },
    { name: 'Id', render: ({ externalId }) => externalId },
    { name: 'Organization', render: ({ organization }) => organization?.name ?? '' },
    stateColumn(),
  ],
  fields: [
    {
      ...{ name: 'externalId', label: 'Id', kind: 'TEXT', isRequired: true, onlyIn: 'CREATE' },
      description: 'As applications send it.',
    },
    { name: 'organizationId', label: 'Organization', kind: 'ORGANIZATION', onlyIn: 'CREATE' },
    { name: 'alias', label: 'Name', kind: 'TEXT' },
    METADATA,
  ],
  valuesOf: ({ alias, metadata }) => ({ alias: alias ?? '', metadata: jsonText(metadata) }),
  ...{ create: CreateCustomerDocument, update: UpdateCustomerDocument },
  changes: [
    ...blockChanges<Customer>('customer', BlockCustomerDocument, UnblockCustomerDocument),
    {
      ...{ label: 'Delete', mutation: DeleteCustomerDocument, done: 'The customer is forgotten.' },
      question: (customer) =>
        `Delete ${nameOf(customer)} with its limits? Its next call makes it again, without them.`,
    },
  ],
  mayMake: ({ mayMakeTeams }) => mayMakeTeams,
  mayChange: ({ mayMakeTeams }) => mayMakeTeams,
};
