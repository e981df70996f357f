import { firstOfPair, pairedId, secondOfPair } from './paired-id';

/** The id of a TEAM_MEMBER scope: `team/user`. */
export function teamMemberScopeId(teamId: string, userId: string): string {
  return pairedId(teamId, userId);
}

/** The team of a TEAM_MEMBER scope id. */
export function teamOfMember(scopeId: string): string {
  return firstOfPair(scopeId);
}

/** The user of a TEAM_MEMBER scope id. */
export function userOfMember(scopeId: string): string {
  return secondOfPair(scopeId);
}
