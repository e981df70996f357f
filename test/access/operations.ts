import type { TestApp } from '../support/app';
import type { Tenants } from '../support/tenants';
import { change, fresh, list, one, whole, type Operation } from './operation';
import { ALERT_OPERATIONS } from './alert-operations';
import { AUDIT_OPERATIONS } from './audit-operations';
import { EXPORT_OPERATIONS } from './export-operations';
import { HOLDER_LIMIT_OPERATIONS, HOLDER_OPERATIONS } from './holder-operations';
import { MODEL_OPERATIONS } from './model-operations';
import { PRICE_OPERATIONS } from './price-operations';
import { SERVICE_ACCOUNT_OPERATIONS } from './service-account-operations';

async function freshKey(app: TestApp, { own }: Tenants): Promise<{ keyId: string }> {
  const input = { teamId: own.teamId, alias: fresh() };
  const { key } = await app.master.createKey(input);
  return { keyId: key.id };
}

/** A change of something that all roles try, each another one. */
const otherMetadata = () => ({ metadata: { tried: fresh() } });

async function blocked(app: TestApp, kind: string, input: object): Promise<object> {
  await app.master.do(`block${kind}`, `Block${kind}Input`, { ...input }, '__typename');
  return input;
}

async function freshTeam(app: TestApp, { own }: Tenants): Promise<{ teamId: string }> {
  const input = { organizationId: own.organizationId, name: fresh() };
  const { team } = await app.master.do<{ team: { id: string } }>(
    'createTeam',
    'CreateTeamInput',
    input,
    'team { id }',
  );
  return { teamId: team.id };
}

async function freshProject(app: TestApp, { own }: Tenants): Promise<{ projectId: string }> {
  const input = { teamId: own.teamId, name: fresh() };
  const made = await app.master.do<{ project: { id: string } }>(
    'createProject',
    'CreateProjectInput',
    input,
    'project { id }',
  );
  return { projectId: made.project.id };
}

async function freshLimit(app: TestApp, tenants: Tenants): Promise<{ limitId: string }> {
  const { keyId } = await freshKey(app, tenants);
  const input = { scope: 'KEY', scopeId: keyId, unit: 'USD', amount: '1' };
  const made = await app.master.do<{ limit: { id: string } }>(
    'setLimit',
    'SetLimitInput',
    input,
    'limit { id }',
  );
  return { limitId: made.limit.id };
}

async function freshToken(app: TestApp, { own }: Tenants): Promise<{ accessTokenId: string }> {
  const input = { userId: own.userId, name: fresh() };
  const made = await app.master.do<{ accessToken: { id: string } }>(
    'createAccessToken',
    'CreateAccessTokenInput',
    input,
    'accessToken { id }',
  );
  return { accessTokenId: made.accessToken.id };
}

const PASSWORD = 'a long enough password';

async function signInOfFreshUser(app: TestApp): Promise<{ username: string; password: string }> {
  const username = `${fresh()}@example.com`;
  const { user } = await app.master.do<{ user: { id: string } }>(
    'createUser',
    'CreateUserInput',
    { email: username },
    'user { id }',
  );
  await app.master.do(
    'setPassword',
    'SetPasswordInput',
    { userId: user.id, password: PASSWORD },
    'user { id }',
  );
  return { username, password: PASSWORD };
}

async function freshOrganizationMember(app: TestApp, tenants: Tenants) {
  const input = { organizationId: tenants.own.organizationId, userId: await tenants.makeUser() };
  await app.master.do(
    'addOrganizationMember',
    'AddOrganizationMemberInput',
    { ...input, role: 'MEMBER' },
    'member { id }',
  );
  return input;
}

async function freshTeamMember(app: TestApp, tenants: Tenants) {
  const input = { teamId: tenants.own.teamId, userId: await tenants.makeUser() };
  await app.master.do('addTeamMember', 'AddTeamMemberInput', { ...input, role: 'MEMBER' }, 'member { id }');
  return input;
}

/** Every field of Query, Mutation and Subscription: a new one without an entry fails the test. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...PRICE_OPERATIONS,
  ...ALERT_OPERATIONS,
  ...HOLDER_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...MODEL_OPERATIONS,
  ...SERVICE_ACCOUNT_OPERATIONS,
  viewer: whole('{ viewer { kind } }'),
  node: one('node', ({ own }) => own.keyId),
  nodes: (_app, { own }) => ({
    query: 'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    variables: { id: own.keyId },
  }),
  organization: one('organization', ({ own }) => own.organizationId),
  organizations: list('organizations', ({ own }) => own.organizationId),
  team: one('team', ({ own }) => own.teamId),
  teams: list('teams', ({ own }) => own.teamId),
  project: one('project', ({ own }) => own.projectId),
  projects: list('projects', ({ own }) => own.projectId),
  user: one('user', ({ own }) => own.userId),
  users: list('users', ({ own }) => own.userId),
  key: one('key', ({ own }) => own.keyId),
  keys: (_app, { own }) => ({ query: '{ keys(first: 100) { nodes { id } } }', contains: own.keyId }),
  limit: one('limit', ({ own }) => own.limitId),
  limits: (_app, { own }) => ({ query: '{ limits(first: 100) { nodes { id } } }', contains: own.limitId }),
  explainAdmission: (_app, { own }) => ({
    query: 'query ($id: ID!) { explainAdmission(input: { keyId: $id, model: "demo" }) { isAdmitted } }',
    variables: { id: own.keyId },
  }),
  spendLog: one('spendLog', ({ own }) => own.spendId),
  spendLogs: list('spendLogs', ({ own }) => own.spendId),
  callsInFlight: whole('{ callsInFlight { nodes { id } } }'),
  spendReport: whole(
    '{ spendReport(from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z") { totalCost } }',
  ),
  topSpenders: whole(
    '{ topSpenders(input: { dimension: KEY, from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" }) { totalCost } }',
  ),
  spendForecast: (_app, { own }) => ({
    query: 'query ($id: ID!) { spendForecast(input: { limitId: $id }) { last24Hours { ratePerHour } } }',
    variables: { id: own.limitId },
  }),
  serverSpend: whole('{ serverSpend { cost } }'),
  serverHealth: whole('{ serverHealth { version } }'),
  ledgerIntegrity: whole('{ ledgerIntegrity { ok } }'),
  models: whole('{ models { nodes { name } } }'),
  tokenCount: whole('{ tokenCount(model: "demo", text: "hi") { tokens } }'),
  costPerToken: whole('{ costPerToken(model: "demo") { input } }'),
  completionCost: whole('{ completionCost(model: "demo", usage: { inputText: 1 }) { cost } }'),

  createOrganization: change('createOrganization', () => ({ name: fresh() })),
  updateOrganization: change('updateOrganization', (_app, { own }) => ({
    organizationId: own.organizationId,
    ...otherMetadata(),
  })),
  archiveOrganization: change('archiveOrganization', async (app) => {
    const made = await app.master.do<{ organization: { id: string } }>(
      'createOrganization',
      'CreateOrganizationInput',
      { name: fresh() },
      'organization { id }',
    );
    return { organizationId: made.organization.id };
  }),
  addOrganizationMember: change('addOrganizationMember', async (_app, tenants) => ({
    organizationId: tenants.own.organizationId,
    userId: await tenants.makeUser(),
    role: 'VIEWER',
  })),
  updateOrganizationMember: change('updateOrganizationMember', async (app, tenants) => ({
    ...(await freshOrganizationMember(app, tenants)),
    role: 'VIEWER',
  })),
  removeOrganizationMember: change('removeOrganizationMember', freshOrganizationMember),
  createTeam: change('createTeam', (_app, { own }) => ({
    organizationId: own.organizationId,
    name: fresh(),
  })),
  updateTeam: change('updateTeam', (_app, { own }) => ({
    teamId: own.teamId,
    ...otherMetadata(),
  })),
  blockTeam: change('blockTeam', freshTeam),
  unblockTeam: change('unblockTeam', async (app, tenants) =>
    blocked(app, 'Team', await freshTeam(app, tenants)),
  ),
  archiveTeam: change('archiveTeam', freshTeam),
  addTeamMember: change('addTeamMember', async (_app, tenants) => ({
    teamId: tenants.own.teamId,
    userId: await tenants.makeUser(),
    role: 'VIEWER',
  })),
  updateTeamMember: change('updateTeamMember', async (app, tenants) => ({
    ...(await freshTeamMember(app, tenants)),
    role: 'VIEWER',
  })),
  removeTeamMember: change('removeTeamMember', freshTeamMember),
  createProject: change('createProject', (_app, { own }) => ({ teamId: own.teamId, name: fresh() })),
  updateProject: change('updateProject', (_app, { own }) => ({
    projectId: own.projectId,
    ...otherMetadata(),
  })),
  blockProject: change('blockProject', freshProject),
  unblockProject: change('unblockProject', async (app, tenants) =>
    blocked(app, 'Project', await freshProject(app, tenants)),
  ),
  archiveProject: change('archiveProject', freshProject),
  createUser: change('createUser', () => ({ email: `${fresh()}@example.com` })),
  updateUser: change('updateUser', (_app, { own }) => ({ userId: own.userId, ...otherMetadata() })),
  blockUser: change('blockUser', async (_app, tenants) => ({ userId: await tenants.makeUser() })),
  unblockUser: change('unblockUser', async (app, tenants) =>
    blocked(app, 'User', { userId: await tenants.makeUser() }),
  ),
  deleteUser: change('deleteUser', async (_app, tenants) => ({ userId: await tenants.makeUser() })),
  createAccessToken: change('createAccessToken', (_app, { own }) => ({ userId: own.userId, name: fresh() })),
  revokeAccessToken: change('revokeAccessToken', freshToken),
  signIn: change('signIn', signInOfFreshUser),
  setPassword: change('setPassword', (_app, { own }) => ({
    userId: own.userId,
    password: PASSWORD,
    currentPassword: PASSWORD,
  })),
  createKey: change('createKey', (_app, { own }) => ({ teamId: own.teamId })),
  updateKey: change('updateKey', (_app, { own }) => ({ keyId: own.keyId, ...otherMetadata() })),
  rotateKey: change('rotateKey', freshKey),
  blockKey: change('blockKey', freshKey),
  unblockKey: change('unblockKey', async (app, tenants) => blocked(app, 'Key', await freshKey(app, tenants))),
  expireKey: change('expireKey', freshKey),
  deleteKey: change('deleteKey', freshKey),
  setLimit: change('setLimit', (_app, { own }) => ({
    scope: 'KEY',
    scopeId: own.keyId,
    unit: 'USD',
    amount: '8',
    duration: '24h',
  })),
  updateLimit: change('updateLimit', async (app, tenants) => ({
    ...(await freshLimit(app, tenants)),
    amount: '2',
  })),
  deleteLimit: change('deleteLimit', freshLimit),
  increaseLimit: change('increaseLimit', async (app, tenants) => ({
    ...(await freshLimit(app, tenants)),
    ...{ amount: '2', expiresAt: '2999-01-01T00:00:00Z', reason: 'a test' },
  })),
  creditLimit: change('creditLimit', async (app, tenants) => ({
    ...(await freshLimit(app, tenants)),
    ...{ amount: '2', reason: 'a test' },
  })),
  resetLimit: change('resetLimit', async (app, tenants) => ({
    ...(await freshLimit(app, tenants)),
    reason: 'a test',
  })),
};

/** Limits on the other scopes follow rules of their own, so each is tried. */
export const LIMIT_OPERATIONS: Readonly<Record<string, Operation>> = {
  ...HOLDER_LIMIT_OPERATIONS,
  'setLimit SERVER': change('setLimit', () => ({ scope: 'SERVER', unit: 'USD', amount: '1000' })),
  'setLimit ORGANIZATION': change('setLimit', (_app, { own }) => ({
    scope: 'ORGANIZATION',
    scopeId: own.organizationId,
    unit: 'USD',
    amount: '100',
  })),
  'setLimit TEAM': change('setLimit', (_app, { own }) => ({
    scope: 'TEAM',
    scopeId: own.teamId,
    unit: 'USD',
    amount: '100',
  })),
  'setLimit PROJECT': change('setLimit', (_app, { own }) => ({
    scope: 'PROJECT',
    scopeId: own.projectId,
    unit: 'USD',
    amount: '100',
  })),
  'setLimit USER': change('setLimit', (_app, { own }) => ({
    scope: 'USER',
    scopeId: own.userId,
    unit: 'USD',
    amount: '100',
  })),
};
