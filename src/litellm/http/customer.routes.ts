import type { RequestContext } from '../../access/context';
import type { CustomerEntity } from '../../customers/customer.entity';
import { allPages } from '../all-pages';
import {
  deleteCustomers,
  findCustomer,
  holderOf,
  newCustomer,
  setCustomersBlocked,
  updateCustomer,
} from '../customer-commands';
import { CUSTOMER_INFO, NEW_CUSTOMER, SOME_CUSTOMERS, UPDATE_CUSTOMER } from '../customer.schema';
import { budgetsOfHolders } from '../holder-budget';
import type { Json } from '../lossless';
import { NO_MEMBERS } from '../organization.schema';
import { customerMembers } from './holder-members';
import { answer, defineRoute, type LitellmRoute } from './route';

/** LiteLLM has two names for them. */
export const CUSTOMER_ROUTES: readonly LitellmRoute[] = ['/customer', '/end_user'].flatMap((at) => [
  defineRoute({
    method: 'POST',
    path: `${at}/new`,
    summary: 'Makes the record of a customer, which its first call would make too.',
    members: NEW_CUSTOMER,
    async handle(ctx, input, services) {
      const done = await newCustomer(ctx, services, input);
      if (!done.ok) return done;
      const { customer, ignored } = done.value;
      return answer(await rowOf(ctx, customer), { ignored });
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${at}/update`,
    summary: 'Changes a customer. Members that are left out stay as they are; null takes away.',
    members: UPDATE_CUSTOMER,
    async handle(ctx, input, services) {
      const done = await updateCustomer(ctx, services, input);
      if (!done.ok) return done;
      const { customer, ignored } = done.value;
      return answer(await rowOf(ctx, customer), { ignored });
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${at}/info`,
    summary: 'Shows a customer with its limits and spend.',
    members: CUSTOMER_INFO,
    async handle(ctx, input, services) {
      const found = await findCustomer(ctx, services, input.end_user_id, 'end_user_id');
      return found.ok ? answer(await rowOf(ctx, found.value)) : found;
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${at}/list`,
    summary: 'Lists the customers that the caller sees, oldest first.',
    members: NO_MEMBERS,
    async handle(ctx, _, services) {
      const all = await allPages('customers', (page) => services.customers.list(ctx, {}, page));
      return all.ok ? answer(await rowsOf(ctx, all.value)) : all;
    },
  }),
  blockRoute(`${at}/block`, true, 'Blocks customers: calls for them are refused until they are unblocked.'),
  blockRoute(`${at}/unblock`, false, 'Lets calls for blocked customers through again.'),
  defineRoute({
    method: 'POST',
    path: `${at}/delete`,
    summary: 'Deletes the records of customers and their limits. Their spend stays.',
    members: SOME_CUSTOMERS,
    async handle(ctx, input, services) {
      const done = await deleteCustomers(ctx, services, input.user_ids);
      if (!done.ok) return done;
      const message = `Successfully deleted customers with ids: ${input.user_ids.join(', ')}`;
      return answer({ deleted_customers: done.value, message });
    },
  }),
]);

function blockRoute(path: string, blocked: boolean, summary: string): LitellmRoute {
  return defineRoute({
    method: 'POST',
    path,
    summary,
    members: SOME_CUSTOMERS,
    async handle(ctx, input, services) {
      const done = await setCustomersBlocked(ctx, services, input.user_ids, blocked);
      if (!done.ok) return done;
      return answer({ [blocked ? 'blocked_users' : 'unblocked_users']: await rowsOf(ctx, done.value) });
    },
  });
}

async function rowsOf(ctx: RequestContext, customers: readonly CustomerEntity[]): Promise<Json[]> {
  const ids = customers.map((customer) => holderOf(customer).scopeId);
  // Whoever sees a customer sees its spend.
  const budgets = await budgetsOfHolders(ctx, 'CUSTOMER', ids, () => true);
  return customers.flatMap((customer) => {
    const holding = budgets.get(holderOf(customer).scopeId);
    return holding ? [customerMembers(customer, holding)] : [];
  });
}

async function rowOf(ctx: RequestContext, customer: CustomerEntity): Promise<Json> {
  const [row = {}] = await rowsOf(ctx, [customer]);
  return row;
}
