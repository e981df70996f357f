import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, list, one, type Operation } from './operation';

async function freshAccount(app: TestApp, { own }: Tenants): Promise<{ serviceAccountId: string }> {
  const made = await app.master.do<{ serviceAccount: { id: string } }>(
    'createServiceAccount',
    'CreateServiceAccountInput',
    { teamId: own.teamId, name: fresh(), role: 'MEMBER' },
    'serviceAccount { id }',
  );
  return { serviceAccountId: made.serviceAccount.id };
}

export const SERVICE_ACCOUNT_OPERATIONS: Readonly<Record<string, Operation>> = {
  serviceAccount: one('serviceAccount', ({ own }) => own.serviceAccountId),
  serviceAccounts: list('serviceAccounts', ({ own }) => own.serviceAccountId),
  createServiceAccount: change('createServiceAccount', (_app, { own }) => ({
    teamId: own.teamId,
    name: fresh(),
    role: 'MEMBER',
  })),
  updateServiceAccount: change('updateServiceAccount', (_app, { own }) => ({
    serviceAccountId: own.serviceAccountId,
    metadata: { tried: fresh() },
  })),
  blockServiceAccount: change('blockServiceAccount', freshAccount),
  unblockServiceAccount: change('unblockServiceAccount', async (app, tenants) => {
    const input = await freshAccount(app, tenants);
    await app.master.do('blockServiceAccount', 'BlockServiceAccountInput', input, '__typename');
    return input;
  }),
  deleteServiceAccount: change('deleteServiceAccount', freshAccount),
  setMemberKeyPolicy: change('setMemberKeyPolicy', (_app, { own }) => ({ teamId: own.teamId, maxKeys: 5 })),
  createServiceAccountToken: change('createServiceAccountToken', (_app, { own }) => ({
    serviceAccountId: own.serviceAccountId,
    name: fresh(),
  })),
};
