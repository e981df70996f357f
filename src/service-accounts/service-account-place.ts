import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { findOrganizations, holdOrganization } from '../organizations/organization.repository';
import { issue, type UserIssue } from '../platform/user-issue';
import { findTeams, holdTeam } from '../teams/team.repository';

/** Where a service account belongs, for good. */
export interface Place {
  readonly organizationId: string;
  readonly teamId: string | null;
}

type Found = Result<Place, UserIssue[]>;

/** The place that the input names, held until the transaction ends, if the caller administers it. */
export async function findPlace(
  manager: EntityManager,
  ctx: RequestContext,
  input: { readonly organizationId?: string | null | undefined; readonly teamId?: string | null | undefined },
): Promise<Found> {
  if (input.teamId == null)
    return inOrganization(manager, ctx, input.organizationId ?? DEFAULT_ORGANIZATION_ID);
  const [team] = await findTeams(manager, ctx.visibility, [input.teamId]);
  if (!team) return issue('NOT_FOUND', 'teamId', `There is no team "${input.teamId}".`);
  const { id: teamId, organizationId } = team;
  requireRule(ctx.principal, RULES.serviceAccountAdmin, { teamId, organizationId });
  if (input.organizationId != null && input.organizationId !== organizationId)
    return issue('INVALID', 'teamId', `The team "${teamId}" belongs to another organization.`);
  if ((await holdTeam(manager, teamId))?.archivedAt !== null)
    return issue('CONFLICT', 'teamId', 'The team was archived.');
  return ok({ organizationId, teamId });
}

async function inOrganization(
  manager: EntityManager,
  ctx: RequestContext,
  organizationId: string,
): Promise<Found> {
  const [organization] = await findOrganizations(manager, ctx.visibility, [organizationId]);
  if (!organization)
    return issue('NOT_FOUND', 'organizationId', `There is no organization "${organizationId}".`);
  requireRule(ctx.principal, RULES.serviceAccountAdmin, { organizationId });
  if ((await holdOrganization(manager, organizationId))?.archivedAt !== null)
    return issue('CONFLICT', 'organizationId', 'The organization was archived.');
  return ok({ organizationId, teamId: null });
}
