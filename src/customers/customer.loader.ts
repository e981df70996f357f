import type { RequestContext } from '../access/context';
import type { PageRequest } from '../platform/database/keyset';
import { loadChildren } from '../platform/graphql/children';
import type { ConnectionOf } from '../platform/graphql/connection';
import {
  findCustomers,
  findNamedCustomers,
  listCustomersOfOrganizations,
  type CustomerFilter,
} from './customer.repository';
import { customerOfScope, customerScopeId, organizationOfCustomer } from '../domain/limits/customer-scope';
import { toCustomer, type Customer } from './customer.type';

/** The customer with that id, or null when it is absent or not visible. One statement per request and level. */
export async function loadCustomer(ctx: RequestContext, id: string): Promise<Customer | null> {
  const loader = ctx.loaders.byId('customer', async (ids) => {
    const rows = await findCustomers(ctx.db.manager, ctx.visibility, ids);
    return new Map(rows.map((row) => [row.id, toCustomer(row)]));
  });
  return loader.load(id);
}

/** The customer that a CUSTOMER scope names, or null when it has no record or is not visible. */
export async function loadCustomerOfScope(ctx: RequestContext, scopeId: string): Promise<Customer | null> {
  const loader = ctx.loaders.byId('customerOfScope', async (scopeIds) => {
    const names = scopeIds.map((id) => ({
      organizationId: organizationOfCustomer(id),
      externalId: customerOfScope(id),
    }));
    const rows = await findNamedCustomers(ctx.db.manager, ctx.visibility, names);
    return new Map(rows.map((row) => [customerScopeId(row.organizationId, row.externalId), toCustomer(row)]));
  });
  return loader.load(scopeId);
}

export async function loadCustomersOfOrganization(
  ctx: RequestContext,
  organizationId: string,
  args: PageRequest & { readonly filter?: CustomerFilter | null },
): Promise<ConnectionOf<Customer>> {
  return loadChildren(ctx.loaders, organizationId, {
    field: 'Organization.customers',
    args,
    fetch: (ids) =>
      listCustomersOfOrganizations(ctx.db.manager, ctx.visibility, ids, args.filter ?? {}, args),
    map: toCustomer,
  });
}
