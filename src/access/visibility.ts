import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { MemberRole, Principal, TokenPrincipal } from './principal';

/**
 * What a caller can see. `full…` are scopes whose keys and spend are all visible (as administrator or viewer);
 * `known…` are those that the caller belongs to, whose own record is visible.
 */
export interface Visibility {
  readonly everything: boolean;
  readonly fullOrganizationIds: readonly string[];
  readonly fullTeamIds: readonly string[];
  readonly knownOrganizationIds: readonly string[];
  readonly knownTeamIds: readonly string[];
  /** Teams that the calling user is a member of, whose members know each other. A key is no member. */
  readonly memberTeamIds: readonly string[];
  readonly knownProjectIds: readonly string[];
  /** The user whose own keys and spend are visible. */
  readonly ownUserId: string | null;
  /** Users whose record is visible because the caller is, or acts for, them. */
  readonly knownUserIds: readonly string[];
  readonly ownServiceAccountId: string | null;
  /** The keys that the caller is, or owns as a service account. */
  readonly ownKeyIds: readonly string[];
}

const NOTHING: Visibility = {
  everything: false,
  fullOrganizationIds: [],
  fullTeamIds: [],
  knownOrganizationIds: [],
  knownTeamIds: [],
  memberTeamIds: [],
  knownProjectIds: [],
  ownUserId: null,
  knownUserIds: [],
  ownServiceAccountId: null,
  ownKeyIds: [],
};

export function visibilityOf(principal: Principal): Visibility {
  switch (principal.kind) {
    case 'ANONYMOUS':
      return NOTHING;
    case 'MASTER':
      return { ...NOTHING, everything: true };
    case 'KEY':
      return {
        ...NOTHING,
        knownOrganizationIds: [principal.organizationId],
        knownTeamIds: principal.teamId === null ? [] : [principal.teamId],
        knownProjectIds: principal.projectId === null ? [] : [principal.projectId],
        knownUserIds: principal.userId === null ? [] : [principal.userId],
        ownKeyIds: [principal.keyId],
      };
    case 'SERVICE_ACCOUNT':
      return {
        ...byRoles(principal),
        ownServiceAccountId: principal.serviceAccountId,
        ownKeyIds: principal.keyIds,
      };
    case 'USER':
      return {
        ...byRoles(principal),
        everything: principal.role !== 'MEMBER',
        ownUserId: principal.userId,
        knownUserIds: [principal.userId],
      };
  }
}

/** What somebody sees by roles in organizations and teams. */
function byRoles(principal: TokenPrincipal): Visibility {
  const organizations = [...principal.organizationRoles];
  const teams = [...principal.teamRoles];
  return {
    ...NOTHING,
    fullOrganizationIds: organizations.filter(([, role]) => seesAll(role)).map(([id]) => id),
    fullTeamIds: teams.filter(([, team]) => seesAll(team.role)).map(([id]) => id),
    knownOrganizationIds: [
      ...new Set([...organizations.map(([id]) => id), ...teams.map(([, team]) => team.organizationId)]),
    ],
    knownTeamIds: teams.map(([id]) => id),
    memberTeamIds: teams.map(([id]) => id),
  };
}

/** All of an organization, or with null of the server: what is made for it sees that, whoever asked for it. */
export function visibilityWithin(organizationId: string | null): Visibility {
  if (organizationId === null) return { ...NOTHING, everything: true };
  return { ...NOTHING, fullOrganizationIds: [organizationId] };
}

/** SQL columns of a table by which rows become visible; what is left out gives nothing. */
export interface VisibleBy {
  /** Visible when the caller sees all of this organization. */
  readonly organization?: string;
  /** Visible when the caller sees all of this team. */
  readonly team?: string;
  /** Visible when the caller belongs to this organization, team, project, or is this user. */
  readonly knownOrganization?: string;
  readonly knownTeam?: string;
  readonly knownProject?: string;
  readonly knownUser?: string;
  /** Visible when the calling user is a member of this team. */
  readonly memberTeam?: string;
  /** Visible when it belongs to the calling user, service account or key. */
  readonly ownUser?: string;
  readonly ownServiceAccount?: string;
  readonly ownKey?: string;
}

/** Narrows a query to what the caller can see, so that a foreign row looks like an absent one. */
export function onlyVisible<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  visibility: Visibility,
  by: VisibleBy,
): SelectQueryBuilder<Row> {
  if (visibility.everything) return query;
  const conditions: string[] = [];
  const parameters: Record<string, unknown> = {};
  const add = (column: string | undefined, name: string, ids: readonly string[]): void => {
    if (column === undefined || ids.length === 0) return;
    conditions.push(`${column} = ANY(:${name})`);
    parameters[name] = ids;
  };
  add(by.organization, 'visibleOrganizations', visibility.fullOrganizationIds);
  add(by.team, 'visibleTeams', visibility.fullTeamIds);
  add(by.knownOrganization, 'knownOrganizations', visibility.knownOrganizationIds);
  add(by.knownTeam, 'knownTeams', visibility.knownTeamIds);
  add(by.memberTeam, 'memberTeams', visibility.memberTeamIds);
  add(by.knownProject, 'knownProjects', visibility.knownProjectIds);
  add(by.knownUser, 'knownUsers', visibility.knownUserIds);
  add(by.ownUser, 'ownUsers', visibility.ownUserId === null ? [] : [visibility.ownUserId]);
  const { ownServiceAccountId } = visibility;
  add(by.ownServiceAccount, 'ownServiceAccounts', ownServiceAccountId === null ? [] : [ownServiceAccountId]);
  add(by.ownKey, 'ownKeys', visibility.ownKeyIds);
  return query.andWhere(conditions.length === 0 ? 'FALSE' : `(${conditions.join(' OR ')})`, parameters);
}

function seesAll(role: MemberRole): boolean {
  return role === 'ADMIN' || role === 'VIEWER';
}
