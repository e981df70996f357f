/**
 * The id of a TEAM_MEMBER scope: `team/user`. A slash in a team's id is written %2F (and a percent sign %25), since
 * "a/b" with "c" and "a" with "b/c" would otherwise share one limit.
 */
export function teamMemberScopeId(teamId: string, userId: string): string {
  return `${teamId.replaceAll('%', '%25').replaceAll('/', '%2F')}/${userId}`;
}

/** The team of a TEAM_MEMBER scope id, as `teamMemberScopeId` wrote it. */
export function teamOfMember(scopeId: string): string {
  return scopeId.slice(0, scopeId.indexOf('/')).replaceAll('%2F', '/').replaceAll('%25', '%');
}

/** The user of a TEAM_MEMBER scope id. */
export function userOfMember(scopeId: string): string {
  return scopeId.slice(scopeId.indexOf('/') + 1);
}
