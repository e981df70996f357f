import type { RequestContext } from '../access/context';
import { ok, type Result } from '../domain/result';
import { placeOfLimit, type LimitPlace } from '../limits/limit-place';
import { assignmentsOn } from '../templates/assignment.repository';
import { viewBudgets, type BudgetView } from './budget-view';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

/** LiteLLM's budgets are limit templates here: many things share their terms, and each has its own spend. */
type Services = Pick<LitellmServices, 'limitTemplates' | 'templateAssignments'>;

const ASSIGNMENT_MEMBERS = { templateId: 'budget_id', holder: 'budget_id', defaultFor: 'budget_id' };

/** Whether the caller may share the budget, asked before anything is made. */
export async function checkTemplate(
  ctx: RequestContext,
  { limitTemplates }: Pick<LitellmServices, 'limitTemplates'>,
  budgetId: string | null | undefined,
  param = 'budget_id',
): Promise<Result<null, LitellmFailure>> {
  if (budgetId == null || (await limitTemplates.find(ctx, budgetId))) return ok(null);
  return badRequest(param, `There is no budget "${budgetId}". Make it with /budget/new.`);
}

/** What the budget says that is to be shared; null without one. */
export async function sharedTerms(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'limitTemplates'>,
  budgetId: string | null | undefined,
): Promise<Result<BudgetView | null, LitellmFailure>> {
  if (budgetId == null) return ok(null);
  const checked = await checkTemplate(ctx, services, budgetId);
  if (!checked.ok) return checked;
  return ok((await viewBudgets(ctx, 'TEMPLATE', [budgetId])).get(budgetId) ?? null);
}

/** Makes one thing share the budget and no other; null takes away what it shares. */
export async function shareTemplate(
  ctx: RequestContext,
  { templateAssignments }: Services,
  holder: LimitPlace,
  budgetId: string | null | undefined,
): Promise<Result<null, LitellmFailure>> {
  if (budgetId === undefined) return ok(null);
  const place = placeOfLimit(holder);
  if (!place.ok) return fromIssues(place.error, {});
  const present = await assignmentsOn(ctx.db.manager, { scope: holder.scope, scopeId: place.value }, 'NAME');
  for (const { id, templateId } of present) {
    if (templateId === budgetId) continue;
    const gone = await templateAssignments.unassign(ctx, id);
    if (!gone.ok) return fromIssues(gone.error, {});
  }
  if (budgetId === null || present.some(({ templateId }) => templateId === budgetId)) return ok(null);
  const shared = await templateAssignments.assign(ctx, { templateId: budgetId, holder });
  return shared.ok ? ok(null) : fromIssues(shared.error, ASSIGNMENT_MEMBERS);
}

/** Makes each customer within a key share the budget and no other. */
export async function shareWithCustomers(
  ctx: RequestContext,
  { templateAssignments }: Services,
  keyId: string,
  budgetId: string | null | undefined,
): Promise<Result<null, LitellmFailure>> {
  if (budgetId === undefined) return ok(null);
  const within = await assignmentsOn(ctx.db.manager, { scope: 'KEY', scopeId: keyId }, 'DEFAULT');
  const present = within.filter(({ holderScope }) => holderScope === 'CUSTOMER');
  for (const { id, templateId } of present) {
    if (templateId === budgetId) continue;
    const gone = await templateAssignments.unassign(ctx, id);
    if (!gone.ok) return fromIssues(gone.error, {});
  }
  if (budgetId === null || present.some(({ templateId }) => templateId === budgetId)) return ok(null);
  const defaultFor = { each: 'CUSTOMER', within: 'KEY', withinId: keyId } as const;
  const shared = await templateAssignments.assign(ctx, { templateId: budgetId, defaultFor });
  const members = { templateId: 'end_user_budget_id', defaultFor: 'end_user_budget_id' };
  return shared.ok ? ok(null) : fromIssues(shared.error, members);
}
