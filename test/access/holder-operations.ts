import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, list, one, type Operation } from './operation';

async function freshCustomer(app: TestApp, { own }: Tenants): Promise<{ customerId: string }> {
  const input = { organizationId: own.organizationId, externalId: fresh() };
  const made = await app.master.do<{ customer: { id: string } }>(
    'createCustomer',
    'CreateCustomerInput',
    input,
    'customer { id }',
  );
  return { customerId: made.customer.id };
}

async function freshTemplate(app: TestApp, { own }: Tenants): Promise<{ templateId: string }> {
  const input = { organizationId: own.organizationId, name: fresh() };
  const made = await app.master.do<{ template: { id: string } }>(
    'createLimitTemplate',
    'CreateLimitTemplateInput',
    input,
    'template { id }',
  );
  return { templateId: made.template.id };
}

async function freshAssignment(app: TestApp, tenants: Tenants): Promise<{ assignmentId: string }> {
  const input = { ...(await freshTemplate(app, tenants)), holder: keyOf(tenants) };
  const made = await app.master.do<{ assignment: { id: string } }>(
    'assignLimitTemplate',
    'AssignLimitTemplateInput',
    input,
    'assignment { id }',
  );
  return { assignmentId: made.assignment.id };
}

function keyOf({ own }: Tenants): { scope: string; scopeId: string } {
  return { scope: 'KEY', scopeId: own.keyId };
}

/** Customers, and templates of limits. */
export const HOLDER_OPERATIONS: Readonly<Record<string, Operation>> = {
  customer: one('customer', ({ own }) => own.customerId),
  customers: list('customers', ({ own }) => own.customerId),
  limitTemplate: one('limitTemplate', ({ own }) => own.templateId),
  limitTemplates: list('limitTemplates', ({ own }) => own.templateId),
  createCustomer: change('createCustomer', (_app, { own }) => ({
    organizationId: own.organizationId,
    externalId: fresh(),
  })),
  updateCustomer: change('updateCustomer', (_app, { own }) => ({ customerId: own.customerId, alias: 'Own' })),
  blockCustomer: change('blockCustomer', freshCustomer),
  unblockCustomer: change('unblockCustomer', async (app, tenants) => {
    const input = await freshCustomer(app, tenants);
    await app.master.do('blockCustomer', 'BlockCustomerInput', input, '__typename');
    return input;
  }),
  deleteCustomer: change('deleteCustomer', freshCustomer),
  createLimitTemplate: change('createLimitTemplate', (_app, { own }) => ({
    organizationId: own.organizationId,
    name: fresh(),
  })),
  updateLimitTemplate: change('updateLimitTemplate', (_app, { own }) => ({
    templateId: own.templateId,
    name: fresh(),
  })),
  deleteLimitTemplate: change('deleteLimitTemplate', freshTemplate),
  assignLimitTemplate: change('assignLimitTemplate', async (app, tenants) => ({
    ...(await freshTemplate(app, tenants)),
    holder: keyOf(tenants),
  })),
  unassignLimitTemplate: change('unassignLimitTemplate', freshAssignment),
};

export const HOLDER_LIMIT_OPERATIONS: Readonly<Record<string, Operation>> = {
  'setLimit CUSTOMER': change('setLimit', (_app, { own }) => ({
    scope: 'CUSTOMER',
    organizationId: own.organizationId,
    scopeId: 'own-customer',
    unit: 'USD',
    amount: '100',
  })),
  'setLimit TEMPLATE': change('setLimit', (_app, { own }) => ({
    scope: 'TEMPLATE',
    scopeId: own.templateId,
    unit: 'USD',
    amount: '100',
  })),
};
