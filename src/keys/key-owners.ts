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
import { isKnownUser } from './key-owners.repository';

/** Whom a key is asked to belong to. */
export interface KeyOwnersInput {
  readonly organizationId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly userId?: string | null | undefined;
}

/** Whom a key belongs to; its organization follows from its team, its team from its project. */
export interface KeyOwners {
  readonly organizationId: string;
  readonly teamId: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
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
  const [project] =
    input.projectId == null ? [] : await findProjects(manager, ctx.visibility, [input.projectId]);
  const projectIssue = checkOwner('project', input.projectId, project);
  if (projectIssue) return projectIssue;
  if (project && input.teamId != null && input.teamId !== project.teamId) {
    return issue('INVALID', 'projectId', `The project "${project.id}" belongs to another team.`);
  }

  const teamId = input.teamId ?? project?.teamId;
  const [team] = teamId == null ? [] : await findTeams(manager, ctx.visibility, [teamId]);
  const teamIssue = checkOwner('team', teamId, team);
  if (teamIssue) return teamIssue;
  if (team && input.organizationId != null && input.organizationId !== team.organizationId) {
    return issue('INVALID', 'teamId', `The team "${team.id}" belongs to another organization.`);
  }

  const organizationId = team?.organizationId ?? input.organizationId ?? DEFAULT_ORGANIZATION_ID;
  const [organization] = await findOrganizations(manager, ctx.visibility, [organizationId]);
  const organizationIssue = checkOwner('organization', organizationId, organization);
  if (organizationIssue) return organizationIssue;

  if (input.userId != null) {
    const anyUser = RULES.serverAdmin.allows(ctx.principal);
    if (
      !(await isKnownUser(manager, {
        userId: input.userId,
        organizationId,
        teamId: team?.id ?? null,
        anyUser,
      }))
    ) {
      return issue('NOT_FOUND', 'userId', `There is no user "${input.userId}" in the team or organization.`);
    }
  }
  const lists = Object.entries({ project, team, organization }).map(([kind, owner]) => ({
    owner: `${kind} "${owner?.name ?? ''}"`,
    models: owner?.models ?? [],
  }));
  return ok({
    organizationId,
    teamId: team?.id ?? null,
    projectId: project?.id ?? null,
    userId: input.userId ?? null,
    modelLists: lists,
  });
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

function checkOwner(
  kind: 'organization' | 'team' | 'project',
  id: string | null | undefined,
  owner: Owner | undefined,
): Failed | null {
  if (id == null) return null;
  if (!owner) return issue('NOT_FOUND', `${kind}Id`, `There is no ${kind} "${id}".`);
  if (owner.archivedAt !== null) return issue('CONFLICT', `${kind}Id`, `The ${kind} "${id}" is archived.`);
  return null;
}
