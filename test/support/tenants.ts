import type { TestApp } from './app';
import { GraphqlClient } from './graphql-client';

/** Every way to come to the API, in the order of the columns of the role tables. */
export const ROLES = [
  'master',
  'serverAdmin',
  'serverViewer',
  'orgAdmin',
  'orgMember',
  'orgViewer',
  'teamAdmin',
  'teamMember',
  'teamViewer',
  'key',
  'stranger',
  'anonymous',
] as const;
export type Role = (typeof ROLES)[number];

/** The ids of one tenant's objects. */
export interface Tenant {
  readonly organizationId: string;
  readonly teamId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly limitId: string;
  readonly spendId: string;
  readonly customerId: string;
  readonly templateId: string;
  readonly assignmentId: string;
  readonly serviceAccountId: string;
}

export interface Tenants {
  readonly own: Tenant;
  readonly clients: Readonly<Record<Role, GraphqlClient>>;
  /** As the service account, which administers the team. */
  readonly serviceAccount: GraphqlClient;
  /** Makes another user, with a server role. */
  makeUser(role?: string): Promise<string>;
}

/**
 * One tenant with somebody in every role, who signs in with a real token; a `stranger` who administers another tenant;
 * and nobody. The key belongs to the team, the project and the team's plain member.
 */
export async function makeTenants(app: TestApp): Promise<Tenants> {
  const { master } = app;
  let users = 0;
  const makeUser = async (role = 'MEMBER'): Promise<string> => {
    const input = { email: `user${++users}@example.com`, name: `User ${users}`, role };
    return (await master.do<{ user: { id: string } }>('createUser', 'CreateUserInput', input, 'user { id }'))
      .user.id;
  };
  const signIn = async (userId: string): Promise<GraphqlClient> => {
    const token = await master.do<{ secret: string }>(
      'createAccessToken',
      'CreateAccessTokenInput',
      { userId, name: 'test' },
      'secret',
    );
    return app.as(token.secret);
  };
  const organizationId = await makeOrganization(master, 'Own');
  const teamId = (
    await master.do<{ team: { id: string } }>(
      'createTeam',
      'CreateTeamInput',
      { name: 'Team', organizationId },
      'team { id }',
    )
  ).team.id;
  const projectId = (
    await master.do<{ project: { id: string } }>(
      'createProject',
      'CreateProjectInput',
      { name: 'Project', teamId },
      'project { id }',
    )
  ).project.id;
  const inOrganization = async (role: string): Promise<GraphqlClient> => {
    const userId = await makeUser();
    await master.do(
      'addOrganizationMember',
      'AddOrganizationMemberInput',
      { organizationId, userId, role },
      'member { id }',
    );
    return signIn(userId);
  };
  const inTeam = async (role: string, userId: string): Promise<GraphqlClient> => {
    await master.do('addTeamMember', 'AddTeamMemberInput', { teamId, userId, role }, 'member { id }');
    return signIn(userId);
  };
  const userId = await makeUser();
  const teamMember = await inTeam('MEMBER', userId);
  const key = await master.createKey({ teamId, projectId, userId, alias: 'own-key' });
  const keyId = key.key.id;
  const limitId = (
    await master.do<{ limit: { id: string } }>(
      'setLimit',
      'SetLimitInput',
      { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '9', duration: '30d' },
      'limit { id }',
    )
  ).limit.id;
  const foreign = await makeOrganization(master, 'Foreign');
  const strangerId = await makeUser();
  await master.do(
    'addOrganizationMember',
    'AddOrganizationMemberInput',
    { organizationId: foreign, userId: strangerId, role: 'ADMIN' },
    'member { id }',
  );
  const clients: Record<Role, GraphqlClient> = {
    master,
    serverAdmin: await signIn(await makeUser('ADMIN')),
    serverViewer: await signIn(await makeUser('VIEWER')),
    orgAdmin: await inOrganization('ADMIN'),
    orgMember: await inOrganization('MEMBER'),
    orgViewer: await inOrganization('VIEWER'),
    teamAdmin: await inTeam('ADMIN', await makeUser()),
    teamMember,
    teamViewer: await inTeam('VIEWER', await makeUser()),
    key: app.as(key.secret),
    stranger: await signIn(strangerId),
    anonymous: new GraphqlClient(app.url, null),
  };
  const spendId = await spendOnce(app, key.secret);
  const more = await makeHolders(master, organizationId, teamId);
  const { serviceAccountId, secret } = await makeServiceAccount(master, teamId);
  const made = { organizationId, teamId, projectId, userId, keyId, limitId, spendId, serviceAccountId };
  return { own: { ...made, ...more }, clients, serviceAccount: app.as(secret), makeUser };
}

/** A customer, and a template that its organization gives to each customer of the team. */
async function makeHolders(
  master: GraphqlClient,
  organizationId: string,
  teamId: string,
): Promise<Pick<Tenant, 'customerId' | 'templateId' | 'assignmentId'>> {
  const { customer } = await master.do<{ customer: { id: string } }>(
    'createCustomer',
    'CreateCustomerInput',
    { organizationId, externalId: 'own-customer' },
    'customer { id }',
  );
  const { template } = await master.do<{ template: { id: string } }>(
    'createLimitTemplate',
    'CreateLimitTemplateInput',
    { organizationId, name: 'Own' },
    'template { id }',
  );
  const { assignment } = await master.do<{ assignment: { id: string } }>(
    'assignLimitTemplate',
    'AssignLimitTemplateInput',
    { templateId: template.id, defaultFor: { each: 'CUSTOMER', within: 'TEAM', withinId: teamId } },
    'assignment { id }',
  );
  return { customerId: customer.id, templateId: template.id, assignmentId: assignment.id };
}

async function makeServiceAccount(
  master: GraphqlClient,
  teamId: string,
): Promise<{ serviceAccountId: string; secret: string }> {
  const { serviceAccount } = await master.do<{ serviceAccount: { id: string } }>(
    'createServiceAccount',
    'CreateServiceAccountInput',
    { teamId, name: 'Own account', role: 'ADMIN' },
    'serviceAccount { id }',
  );
  const { secret } = await master.do<{ secret: string }>(
    'createServiceAccountToken',
    'CreateServiceAccountTokenInput',
    { serviceAccountId: serviceAccount.id, name: 'test' },
    'secret',
  );
  return { serviceAccountId: serviceAccount.id, secret };
}

async function makeOrganization(master: GraphqlClient, name: string): Promise<string> {
  const made = await master.do<{ organization: { id: string } }>(
    'createOrganization',
    'CreateOrganizationInput',
    { name },
    'organization { id }',
  );
  return made.organization.id;
}

/** One metered call of the key; the id of its spend row. */
async function spendOnce(app: TestApp, secret: string): Promise<string> {
  const response = await fetch(`${app.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  if (response.status !== 200) throw new Error(await response.text());
  await app.settled();
  return (response.headers.get('x-litellm-call-id') ?? '').replace('call_', 'spend_');
}
