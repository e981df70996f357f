import type { TestApp } from '../support/app';
import { change, fresh, whole, type Operation } from './operation';

async function freshCredential(app: TestApp): Promise<{ credentialId: string }> {
  const input = { name: fresh(), provider: 'openai', secret: 'a-secret' };
  const made = await app.master.do<{ credential: { id: string } }>(
    'createCredential',
    'CreateCredentialInput',
    input,
    'credential { id }',
  );
  return { credentialId: made.credential.id };
}

async function freshDeployment(app: TestApp): Promise<{ deploymentId: string }> {
  const input = { model: fresh(), provider: 'openai', upstreamModel: 'gpt-4o' };
  const made = await app.master.do<{ deployment: { id: string } }>(
    'createDeployment',
    'CreateDeploymentInput',
    input,
    'deployment { id }',
  );
  return { deploymentId: made.deployment.id };
}

/** Deployments of models, and the credentials that they are called with. */
export const MODEL_OPERATIONS: Readonly<Record<string, Operation>> = {
  credential: async (app) => ({
    query: 'query ($id: ID!) { credential(id: $id) { id } }',
    variables: { id: (await freshCredential(app)).credentialId },
  }),
  credentials: whole('{ credentials { nodes { id } } }'),
  deployment: async (app) => ({
    query: 'query ($id: ID!) { deployment(id: $id) { id } }',
    variables: { id: (await freshDeployment(app)).deploymentId },
  }),
  deployments: whole('{ deployments { nodes { id } } }'),

  createCredential: change('createCredential', () => ({ name: fresh(), provider: 'openai', secret: 'x' })),
  updateCredential: change('updateCredential', async (app) => ({
    ...(await freshCredential(app)),
    name: fresh(),
  })),
  deleteCredential: change('deleteCredential', freshCredential),
  createDeployment: change('createDeployment', () => ({
    model: fresh(),
    provider: 'openai',
    upstreamModel: 'gpt-4o',
  })),
  updateDeployment: change('updateDeployment', async (app) => ({
    ...(await freshDeployment(app)),
    model: fresh(),
  })),
  deleteDeployment: change('deleteDeployment', freshDeployment),
};
