/** The team of a TEAM_MEMBER scope id, as `teamMemberScopeId` wrote it. */
export function teamOfMember(scopeId: string): string {
  return scopeId.slice(0, scopeId.indexOf('/')).replaceAll('%2F', '/').replaceAll('%25', '%');
}

/** The user of a TEAM_MEMBER scope id. */
export function userOfMember(scopeId: string): string {
  return scopeId.slice(scopeId.indexOf('/') + 1);
}
