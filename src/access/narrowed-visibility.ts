import type { Visibility } from './visibility';

const LISTS = [
  'fullOrganizationIds',
  'fullTeamIds',
  'knownOrganizationIds',
  'knownTeamIds',
  'memberTeamIds',
  'knownProjectIds',
  'knownUserIds',
  'ownKeyIds',
] as const satisfies readonly (keyof Visibility)[];

/** Whether something that could be seen before cannot be seen any more: what runs on it must end. */
export function isNarrowed(before: Visibility, after: Visibility): boolean {
  if (after.everything) return false;
  if (before.everything) return true;
  if (before.ownUserId !== null && before.ownUserId !== after.ownUserId) return true;
  return LISTS.some((list) => before[list].some((id) => !after[list].includes(id)));
}
