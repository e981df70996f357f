import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { RULES } from '../access/rules';
import { modelsBeyond } from '../domain/models/model-pattern';
import { ok, type Result } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { findOrganizations } from '../organizations/organization.repository';
import { issue, type UserIssue } from '../platform/user-issue';
import { findProjects } from '../projects/project.repository';
import { findTeams } from '../teams/team.repository';
import { holdServiceAccount } from '../service-accounts/service-account.repository';
import { isKnownUser } from './key-owners.repository';

/** Whom a key is asked to belong to. */
export interface KeyOwnersInput {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
  readonly serviceAccountId?: string | null | undefined;
}

/** Whom a key belongs to; its organization follows from its team, its team from its project. */
export interface KeyOwners {
  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly serviceAccountId: string | null;
  /** What each owner allows its keys, with the words that name the owner. */
  readonly modelLists: readonly { readonly owner: string; readonly models: readonly string[] }[];
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly models: string[];
  readonly archivedAt: Date | null;
}

type Failed = Extract<Result<never, UserIssue[]>, { ok: false }>;

/** Finds the owners among what the caller can see, and checks that they fit together. A foreign one looks absent. */
export async function resolveOwners(
  manager: EntityManager,
  ctx: RequestContext,
  input: KeyOwnersInput,
): Promise<Result<KeyOwners, UserIssue[]>> {
  const { project, teamId, team, organizationId, organization } = await findOwners(manager, ctx, input);
  const unfit =
    checkOwner('project', input.projectId, project) ??
    checkParent('project', 'team', project, project?.teamId, input.teamId) ??
    checkOwner('team', teamId, team) ??
    checkParent('team', 'organization', team, team?.organizationId, input.organizationId) ??
    checkOwner('organization', organizationId, organization);
  if (unfit) return unfit;
  const user = await checkUser(manager, ctx, { userId: input.userId, organizationId, teamId });
  if (user) return user;
  const account = await checkServiceAccount(manager, input, { organizationId, teamId });
  if (account) return account;
  const modelLists = Object.entries({ project, team, organization }).map(([kind, owner]) => ({
    owner: `${kind} "${owner?.name ?? ''}"`,
    models: owner?.models ?? [],
  }));
  const projectId = project?.id ?? null;
  const { userId = null, serviceAccountId = null } = input;
  return ok({ organizationId, teamId, projectId, userId, serviceAccountId, modelLists });
}

/** Those of the owners that are visible; a team or organization that is not named follows from the one below. */
async function findOwners(manager: EntityManager, ctx: RequestContext, input: KeyOwnersInput) {
  const [project = null] = await findProjects(manager, ctx.visibility, given(input.projectId));
  const teamId = input.teamId ?? project?.teamId ?? null;
  const [team = null] = await findTeams(manager, ctx.visibility, given(teamId));
  const organizationId = team?.organizationId ?? input.organizationId ?? DEFAULT_ORGANIZATION_ID;
  const [organization = null] = await findOrganizations(manager, ctx.visibility, [organizationId]);
  return { project, teamId, team, organizationId, organization };
}

/** The issue with a key's own models when an owner doesn't allow them; null when all do. */
export function checkModels(owners: KeyOwners, models: readonly string[]): Failed | null {
  for (const { owner, models: allowed } of owners.modelLists) {
    const [beyond] = modelsBeyond(allowed, models);
    if (beyond !== undefined) {
      return issue(
        'INVALID',
        'models',
        `The ${owner} doesn't allow "${beyond}". It allows: ${allowed.join(', ')}.`,
      );
    }
  }
  return null;
}

function given(id: string | null | undefined): string[] {
  return id == null ? [] : [id];
}

function checkOwner(
  kind: 'organization' | 'team' | 'project',
  id: string | null | undefined,
  owner: Owner | null,
): Failed | null {
  if (id == null) return null;
  if (!owner) return issue('NOT_FOUND', `${kind}Id`, `There is no ${kind} "${id}".`);
  if (owner.archivedAt !== null) return issue('CONFLICT', `${kind}Id`, `The ${kind} "${id}" is archived.`);
  return null;
}

/** Whether the owner belongs to the parent that the caller names beside it, if any. */
function checkParent(
  kind: 'team' | 'project',
  parentKind: string,
  owner: Owner | null,
  parentId: string | undefined,
  namedId: string | null | undefined,
): Failed | null {
  if (!owner || namedId == null || namedId === parentId) return null;
  return issue('INVALID', `${kind}Id`, `The ${kind} "${owner.id}" belongs to another ${parentKind}.`);
}

async function checkUser(
  manager: EntityManager,
  ctx: RequestContext,
  {
    userId,
    organizationId,
    teamId,
  }: Pick<KeyOwners, 'organizationId' | 'teamId'> & Pick<KeyOwnersInput, 'userId'>,
): Promise<Failed | null> {
  if (userId == null) return null;
  const anyUser = RULES.serverAdmin.allows(ctx.principal);
  if (await isKnownUser(manager, { userId, organizationId, teamId, anyUser })) return null;
  return issue('NOT_FOUND', 'userId', `There is no user "${userId}" in the team or organization.`);
}

/** Whether the service account belongs to the key's own team or organization. One of elsewhere looks absent. */
async function checkServiceAccount(
  manager: EntityManager,
  { userId, serviceAccountId: id }: KeyOwnersInput,
  place: Pick<KeyOwners, 'organizationId' | 'teamId'>,
): Promise<Failed | null> {
  if (id == null) return null;
  if (userId != null)
    return issue(
      'INVALID',
      'serviceAccountId',
      'A key belongs to a user or to a service account, not to both.',
    );
  const account = await holdServiceAccount(manager, id);
  const isThere =
    account?.organizationId === place.organizationId &&
    (account.teamId === null || account.teamId === place.teamId);
  if (isThere) return null;
  return issue(
    'NOT_FOUND',
    'serviceAccountId',
    `There is no service account "${id}" in the team or organization.`,
  );
}
