import { SERVER_SCOPE_ID } from '../domain/limits/scope';
import { teamMemberScopeId } from '../domain/limits/team-member-scope';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { SetLimit } from './limit-input';

/**
 * The scope id of a limit to set. What does not belong to the scope is refused rather than left out: a limit meant for
 * one member must not end up on the whole team.
 */
export function placeOfLimit(input: SetLimit): Result<string, UserIssue[]> {
  const { scope, scopeId, memberId } = input;
  if (scope === 'MODEL_GROUP')
    return issue(
      'INVALID',
      'scope',
      'Limits on model groups need a group of models; none can be made yet. Use MODEL.',
    );
  if (memberId != null && scope !== 'TEAM_MEMBER')
    return issue('INVALID', 'memberId', `A ${scope} limit has no member. Use TEAM_MEMBER, or leave it out.`);
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
  if (scope === 'TEAM_MEMBER' && memberId != null) return ok(teamMemberScopeId(scopeId, memberId));
  if (scope === 'TEAM_MEMBER' && !scopeId.includes('/'))
    return issue('REQUIRED', 'memberId', 'Name the member of the team: the id of the user.');
  // Models are kept in lower case, as the names of a call's model are when they are compared.
  return ok(scope === 'MODEL' ? scopeId.toLowerCase() : scopeId);
}
