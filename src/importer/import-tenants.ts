import type { MemberRole, ServerRole } from '../access/principal';
import { ok, type Result } from '../domain/result';
import { IMPORTED_BY } from '../domain/spend/spend-words';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import { allowedModels, tagsOf } from '../litellm/key-settings';
import { refusal, type ImportRun } from './import-run';
import type { ImportServices } from './import-services';
import { giveTerms, importHolder, type MadeHolder } from './import-terms';
import type { SourceRow } from './litellm-source';
import { isSet, plainMembers, textOf, textsOf } from './row-values';
import { TABLES, type SourceTable } from './source-tables';

const BATCH = 500;

/** LiteLLM's roles of users; all others are members. */
const SERVER_ROLES: Readonly<Record<string, ServerRole>> = {
  proxy_admin: 'ADMIN',
  proxy_admin_viewer: 'VIEWER',
};
const ORGANIZATION_ROLES: Readonly<Record<string, MemberRole>> = {
  org_admin: 'ADMIN',
  proxy_admin: 'ADMIN',
  internal_user_viewer: 'VIEWER',
  proxy_admin_viewer: 'VIEWER',
};
const NO_USER = 'LiteLLM has no record of the user';

/** Organizations, users, teams with their members, and projects, in the order in which they need each other. */
export async function importTenants(run: ImportRun): Promise<void> {
  await eachRow(run, TABLES.organizations, 'organization_id', (row, id) =>
    importHolder(run, 'organizations', id, row, (services) => makeOrganization(services, row, id)),
  );
  await eachRow(run, TABLES.users, 'user_id', (row, id) =>
    importHolder(run, 'users', id, row, (services) => makeUser(run, services, row, id)),
  );
  await eachRow(run, TABLES.organizationMemberships, 'organization_id', (row, id) =>
    joinOrganization(run, row, id),
  );
  await eachRow(run, TABLES.teams, 'team_id', async (row, id) => {
    await importHolder(run, 'teams', id, row, (services) => makeTeam(run, services, row, id));
    for (const [userId, role] of membersOfTeam(row)) await joinTeam(run, id, userId, role);
  });
  await eachRow(run, TABLES.teamMemberships, 'team_id', (row, id) => limitMember(run, row, id));
  await eachRow(run, TABLES.projects, 'project_id', (row, id) =>
    importHolder(run, 'projects', id, row, (services) => makeProject(services, row, id)),
  );
}

export async function eachRow(
  run: ImportRun,
  table: SourceTable,
  idColumn: string,
  work: (row: SourceRow, id: string) => Promise<unknown>,
): Promise<void> {
  for await (const rows of run.parts.source.batches(table, BATCH)) {
    for (const row of rows) await work(row, textOf(row, idColumn) ?? '');
  }
}

async function makeOrganization(
  { ctx, organizations }: ImportServices,
  row: SourceRow,
  id: string,
): Promise<Result<MadeHolder, string>> {
  const holder = { scope: 'ORGANIZATION', scopeId: id } as const;
  if (await organizations.find(ctx, id)) return ok({ became: 'ALREADY_THERE', holder });
  const made = await organizations.create(ctx, {
    id,
    name: textOf(row, 'organization_alias') ?? id,
    models: allowedModels(textsOf(row['models'])),
    metadata: withoutSecrets(plainMembers(row['metadata'])),
  });
  return made.ok ? ok({ became: 'IMPORTED', holder }) : refusal(made.error);
}

async function makeUser(
  run: ImportRun,
  { ctx, users }: ImportServices,
  row: SourceRow,
  id: string,
): Promise<Result<MadeHolder, string>> {
  const holder = { scope: 'USER', scopeId: id } as const;
  if (await users.find(ctx, id)) return ok({ became: 'ALREADY_THERE', holder });
  const email = textOf(row, 'user_email')?.trim() ?? null;
  const user = {
    id,
    name: textOf(row, 'user_alias') ?? email ?? id,
    role: SERVER_ROLES[textOf(row, 'user_role') ?? ''] ?? 'MEMBER',
    metadata: withoutSecrets(plainMembers(row['metadata'])),
  };
  const made = await users.create(ctx, { ...user, email });
  if (made.ok) return ok({ became: 'IMPORTED', holder });
  if (made.error[0]?.field[1] !== 'email') return refusal(made.error);
  const without = await users.create(ctx, user);
  if (!without.ok) return refusal(without.error);
  run.parts.report.note(
    'users without their e-mail address, which is no address or that of another user',
    id,
  );
  return ok({ became: 'IMPORTED', holder });
}

async function makeTeam(
  run: ImportRun,
  { ctx, teams, assignments }: ImportServices,
  row: SourceRow,
  id: string,
): Promise<Result<MadeHolder, string>> {
  const holder = { scope: 'TEAM', scopeId: id } as const;
  if (await teams.find(ctx, id)) return ok({ became: 'ALREADY_THERE', holder });
  const metadata = plainMembers(row['metadata']);
  const made = await teams.create(ctx, {
    id,
    organizationId: textOf(row, 'organization_id'),
    name: textOf(row, 'team_alias') ?? id,
    models: allowedModels(textsOf(row['models'])),
    tags: tagsOf(undefined, metadata),
    metadata: withoutSecrets(metadata),
  });
  if (!made.ok) return refusal(made.error);
  if (isSet(row, 'blocked')) await teams.block(ctx, id);
  // The budget of each member that has none of its own, those to come too.
  const templateId = textOf(metadata, 'team_member_budget_id') ?? '';
  if (run.sharedBudgets.get(templateId)?.ok !== true) return ok({ became: 'IMPORTED', holder });
  const defaultFor = { each: 'TEAM_MEMBER', within: 'TEAM', withinId: id } as const;
  const assigned = await assignments.assign(ctx, { templateId, defaultFor }, IMPORTED_BY);
  return assigned.ok ? ok({ became: 'IMPORTED', holder }) : refusal(assigned.error);
}

async function makeProject(
  { ctx, projects }: ImportServices,
  row: SourceRow,
  id: string,
): Promise<Result<MadeHolder, string>> {
  const holder = { scope: 'PROJECT', scopeId: id } as const;
  if (await projects.find(ctx, id)) return ok({ became: 'ALREADY_THERE', holder });
  const teamId = textOf(row, 'team_id');
  if (teamId === null) return { ok: false, error: 'it belongs to no team' };
  const made = await projects.create(ctx, {
    id,
    teamId,
    name: textOf(row, 'project_alias') ?? id,
    description: textOf(row, 'description'),
    models: allowedModels(textsOf(row['models'])),
    metadata: withoutSecrets(plainMembers(row['metadata'])),
  });
  if (!made.ok) return refusal(made.error);
  if (isSet(row, 'blocked')) await projects.block(ctx, id);
  return ok({ became: 'IMPORTED', holder });
}

/** LiteLLM keeps credentials of its callbacks in metadata, where whoever sees the record would read them. */
export function withoutSecrets(metadata: Record<string, unknown>): Record<string, unknown> {
  const { logging: _logging, callback_settings: _settings, ...rest } = metadata;
  return rest;
}

async function joinOrganization(run: ImportRun, row: SourceRow, organizationId: string): Promise<void> {
  const userId = textOf(row, 'user_id') ?? '';
  const role = ORGANIZATION_ROLES[textOf(row, 'user_role') ?? ''] ?? 'MEMBER';
  await run.row('members', `${organizationId}/${userId}`, async ({ ctx, users, organizationMembers }) => {
    if (!(await users.find(ctx, userId))) return { ok: false, error: NO_USER };
    const added = await organizationMembers.add(ctx, { organizationId, userId, role });
    if (added.ok) return ok('IMPORTED');
    return added.error[0]?.field[1] === 'userId' && added.error[0].code === 'CONFLICT'
      ? ok('ALREADY_THERE')
      : refusal(added.error);
  });
  if (textOf(row, 'budget_id') !== null) {
    run.parts.report.note(
      'budgets of members of organizations, which are not kept: limit the user, or the members of a team',
      `${organizationId}/${userId}`,
    );
  }
}

async function joinTeam(run: ImportRun, teamId: string, userId: string, role: MemberRole): Promise<void> {
  await run.row('members', `${teamId}/${userId}`, async ({ ctx, users, teamMembers }) => {
    if (!(await users.find(ctx, userId))) return { ok: false, error: NO_USER };
    const added = await teamMembers.add(ctx, { teamId, userId, role });
    if (added.ok) return ok('IMPORTED');
    return added.error[0]?.field[1] === 'userId' && added.error[0].code === 'CONFLICT'
      ? ok('ALREADY_THERE')
      : refusal(added.error);
  });
}

/** A member's own budget in a team. */
async function limitMember(run: ImportRun, row: SourceRow, teamId: string): Promise<void> {
  const userId = textOf(row, 'user_id') ?? '';
  const holder = { scope: 'TEAM_MEMBER', scopeId: teamMemberScopeId(teamId, userId) } as const;
  const given = await run.whole((services) => giveTerms(run, services, holder, row));
  if (!given.ok) run.parts.report.skip('limits', given.error, `${teamId}/${userId}`);
  else if (given.value !== null) run.parts.report.count('limits', given.value);
}

/** Newer versions keep the members with their roles, older ones the ids alone. */
function membersOfTeam(row: SourceRow): Map<string, MemberRole> {
  const members = new Map<string, MemberRole>();
  for (const userId of textsOf(row['members'])) members.set(userId, 'MEMBER');
  for (const userId of textsOf(row['admins'])) members.set(userId, 'ADMIN');
  const withRoles: unknown = row['members_with_roles'];
  for (const each of Array.isArray(withRoles) ? (withRoles as SourceRow[]) : []) {
    const userId = textOf(each, 'user_id') ?? textOf(each, 'user_email');
    if (userId !== null) members.set(userId, textOf(each, 'role') === 'admin' ? 'ADMIN' : 'MEMBER');
  }
  return members;
}
