import { customerScopeId } from '../domain/limits/customer-scope';
import { SERVER_SCOPE_ID, type LimitScope } from '../domain/limits/scope';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import { err, ok, type Result } from '../domain/result';
import { DEFAULT_ORGANIZATION_ID } from '../organizations/organization.entity';
import { idIssues } from '../platform/input-checks';
import { issue, type UserIssue } from '../platform/user-issue';
import type { SetLimit } from './limit-input';

/** What a limit is set on, as callers name it. */
export type LimitPlace = Pick<SetLimit, 'scope' | 'scopeId' | 'memberId' | 'organizationId'>;

/**
 * The scope id of a limit to set. What does not belong to the scope is refused rather than left out: a limit meant for
 * one member must not end up on the whole team.
 */
export function placeOfLimit(input: LimitPlace): Result<string, UserIssue[]> {
  const { scope, scopeId, memberId, organizationId } = input;
  if (memberId != null && scope !== 'TEAM_MEMBER')
    return issue('INVALID', 'memberId', `A ${scope} limit has no member. Use TEAM_MEMBER, or leave it out.`);
  if (organizationId != null && scope !== 'CUSTOMER')
    return issue('INVALID', 'organizationId', `A ${scope} limit names no organization. Leave it out.`);
  if (scope === 'SERVER') {
    return scopeId == null || scopeId === SERVER_SCOPE_ID
      ? ok(SERVER_SCOPE_ID)
      : issue(
          'INVALID',
          'scopeId',
          'A SERVER limit holds everybody. Leave scopeId out, or use another scope.',
        );
  }
  if (scopeId == null || scopeId === '')
    return issue('REQUIRED', 'scopeId', `Name what the ${scope} limit is set on.`);
  return placeOfNamed(scope, scopeId, input);
}

function placeOfNamed(
  scope: LimitScope,
  scopeId: string,
  { memberId, organizationId }: LimitPlace,
): Result<string, UserIssue[]> {
  switch (scope) {
    case 'CUSTOMER': {
      const issues = idIssues('scopeId', scopeId);
      if (issues.length > 0) return err(issues);
      return ok(customerScopeId(organizationId ?? DEFAULT_ORGANIZATION_ID, scopeId));
    }
    case 'TEAM_MEMBER':
      if (memberId != null) return ok(teamMemberScopeId(scopeId, memberId));
      return scopeId.includes('/')
        ? ok(scopeId)
        : issue('REQUIRED', 'memberId', 'Name the member of the team: the id of the user.');
    case 'MODEL':
    case 'MODEL_GROUP':
      // Models are kept in lower case, as the names of a call's model are when they are compared.
      return ok(scopeId.toLowerCase());
    default:
      return ok(scopeId);
  }
}
