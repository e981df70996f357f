import type { Visibility } from '../access/visibility';

/** Whether the caller sees all that is booked to the organization, and so its total. */
export function seesOrganizationSpend(visibility: Visibility, organizationId: string): boolean {
  return visibility.everything || visibility.fullOrganizationIds.includes(organizationId);
}

/** Whether the caller sees all that is booked to the team, and so its total and those of its projects. */
export function seesTeamSpend(visibility: Visibility, organizationId: string, teamId: string): boolean {
  return seesOrganizationSpend(visibility, organizationId) || visibility.fullTeamIds.includes(teamId);
}

/** Whether the caller sees all that is booked to the user: others see only what happened in their own teams. */
export function seesUserSpend(visibility: Visibility, userId: string): boolean {
  return visibility.everything || visibility.ownUserId === userId;
}
