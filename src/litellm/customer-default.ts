import type { RequestContext } from '../access/context';
import type { AssignmentService } from '../templates/assignment.service';

/** Who the assignments of the configuration file are of, in their `createdBy`. */
export const CONFIGURATION = 'configuration';

/** Gives the budget that the configuration names to each customer who has none of its own. */
export function giveToCustomers(
  ctx: RequestContext,
  templateAssignments: Pick<AssignmentService, 'assign'>,
  templateId: string,
): ReturnType<AssignmentService['assign']> {
  const defaultFor = { each: 'CUSTOMER', within: 'SERVER' } as const;
  return templateAssignments.assign(ctx, { templateId, defaultFor }, CONFIGURATION);
}
