import { IsNull } from 'typeorm';
import { requestContext } from '../access/context';
import { CONFIGURATION, giveToCustomers } from '../litellm/customer-default';
import { AssignmentEntity } from '../templates/assignment.entity';
import type { ServiceParts, Services } from './services';

/**
 * Gives the budget that `max_end_user_budget_id` names to each customer, and takes away what an earlier file gave. One
 * that is not there yet is given when it is made.
 */
export async function syncCustomerBudget(
  { config, database, clock, log }: ServiceParts,
  { limitTemplates, templateAssignments }: Services,
): Promise<void> {
  const ctx = requestContext({ requestId: 'start', principal: { kind: 'MASTER' }, db: database.db, clock });
  const templateId = config.management.customerBudgetId;
  const before = await ctx.db.manager.findBy(AssignmentEntity, {
    createdBy: CONFIGURATION,
    deletedAt: IsNull(),
  });
  for (const each of before) {
    if (each.templateId !== templateId) await templateAssignments.unassign(ctx, each.id);
  }
  if (templateId === null) return;
  if (!(await limitTemplates.find(ctx, templateId))) {
    log.warn(
      { templateId },
      'The budget of max_end_user_budget_id is not there. It holds once /budget/new made it.',
    );
    return;
  }
  const given = await giveToCustomers(ctx, templateAssignments, templateId);
  if (!given.ok)
    throw new Error(`max_end_user_budget_id: ${given.error.map(({ message }) => message).join(' ')}`);
}
