import type { RequestContext } from '../access/context';
import type { CustomerEntity } from '../customers/customer.entity';
import { customerScopeId } from '../domain/limits/customer-scope';
import { ok, type Result } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import type { CustomerInput } from './customer.schema';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { limitHolder, planHolder, type Holder } from './holder-budget';
import type { LitellmServices } from './services';

export interface ChangedCustomer {
  readonly customer: CustomerEntity;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of CustomerService. */
const CUSTOMER_MEMBERS: MemberNames = { externalId: 'user_id', customerId: 'user_id', alias: 'alias' };

/** LiteLLM's customers are the server's, not an organization's: they are those of the default one. */
export async function newCustomer(
  ctx: RequestContext,
  services: LitellmServices,
  input: CustomerInput,
): Promise<Result<ChangedCustomer, LitellmFailure>> {
  const plan = await planHolder(ctx, services, null, input);
  if (!plan.ok) return plan;
  const made = await services.customers.create(ctx, {
    externalId: input.user_id,
    alias: input.alias,
    blocked: input.blocked,
  });
  if (!made.ok) return fromIssues(made.error, CUSTOMER_MEMBERS);
  const limited = await limitHolder(ctx, services, holderOf(made.value), plan.value);
  if (limited.ok) return ok({ customer: made.value, ignored: plan.value.ignored });
  await services.customers.remove(ctx, made.value.id);
  return limited;
}

export async function updateCustomer(
  ctx: RequestContext,
  services: LitellmServices,
  input: CustomerInput,
): Promise<Result<ChangedCustomer, LitellmFailure>> {
  const found = await findCustomer(ctx, services, input.user_id);
  if (!found.ok) return found;
  const plan = await planHolder(ctx, services, holderOf(found.value), input);
  if (!plan.ok) return plan;
  const updated = await services.customers.update(ctx, { customerId: found.value.id, alias: input.alias });
  if (!updated.ok) return fromIssues(updated.error, CUSTOMER_MEMBERS);
  const limited = await limitHolder(ctx, services, holderOf(found.value), plan.value);
  if (!limited.ok) return limited;
  if (input.blocked == null || input.blocked === updated.value.blocked)
    return ok({ customer: updated.value, ignored: plan.value.ignored });
  const blocked = await setBlocked(ctx, services, updated.value.id, input.blocked);
  return blocked.ok ? ok({ customer: blocked.value, ignored: plan.value.ignored }) : blocked;
}

/** Blocks or unblocks customers; LiteLLM's blocks make records of those who have none. */
export async function setCustomersBlocked(
  ctx: RequestContext,
  services: LitellmServices,
  ids: readonly string[],
  blocked: boolean,
): Promise<Result<CustomerEntity[], LitellmFailure>> {
  const changed: CustomerEntity[] = [];
  for (const id of ids) {
    const found = await findCustomer(ctx, services, id, 'user_ids');
    const customer = found.ok || !blocked ? found : await recordOf(ctx, services, id);
    if (!customer.ok) return customer;
    const done = await setBlocked(ctx, services, customer.value.id, blocked);
    if (!done.ok) return done;
    changed.push(done.value);
  }
  return ok(changed);
}

async function recordOf(
  ctx: RequestContext,
  { customers }: Pick<LitellmServices, 'customers'>,
  externalId: string,
): Promise<Result<CustomerEntity, LitellmFailure>> {
  const made = await customers.create(ctx, { externalId });
  return made.ok ? made : fromIssues(made.error, { externalId: 'user_ids' });
}

export async function deleteCustomers(
  ctx: RequestContext,
  services: LitellmServices,
  ids: readonly string[],
): Promise<Result<number, LitellmFailure>> {
  for (const id of ids) {
    const found = await findCustomer(ctx, services, id, 'user_ids');
    if (!found.ok) return found;
    const removed = await services.customers.remove(ctx, found.value.id);
    if (!removed.ok) return fromIssues(removed.error, { customerId: 'user_ids' });
  }
  return ok(ids.length);
}

export async function findCustomer(
  ctx: RequestContext,
  { customers }: Pick<LitellmServices, 'customers'>,
  externalId: string,
  param = 'user_id',
): Promise<Result<CustomerEntity, LitellmFailure>> {
  const organizationId = DEFAULT_ORGANIZATION_ID;
  const { rows } = await customers.list(ctx, { externalId, organizationId }, { first: 1 });
  const [found] = rows;
  return found ? ok(found) : notFound(param, `End User Id=${externalId} does not exist in db.`);
}

export function holderOf({ organizationId, externalId }: CustomerEntity): Holder {
  return { scope: 'CUSTOMER', scopeId: customerScopeId(organizationId, externalId) };
}

async function setBlocked(
  ctx: RequestContext,
  { customers }: Pick<LitellmServices, 'customers'>,
  id: string,
  blocked: boolean,
): Promise<Result<CustomerEntity, LitellmFailure>> {
  const done = await (blocked ? customers.block(ctx, id) : customers.unblock(ctx, id));
  return done.ok ? done : fromIssues(done.error, CUSTOMER_MEMBERS);
}
