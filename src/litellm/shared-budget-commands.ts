import type { RequestContext } from '../access/context';
import { newId } from '../domain/ids';
import { ok, type Result } from '../domain/result';
import type { TemplateEntity } from '../templates/template.entity';
import { budgetOf } from './budget.schema';
import { viewBudgets, type BudgetView } from './budget-view';
import { fromIssues, notFound, type LitellmFailure, type MemberNames } from './failure';
import { limitHolder, planHolder } from './holder-budget';
import type { LitellmServices } from './services';
import { giveToCustomers } from './customer-default';
import { undo } from './undo';
import type { NewBudgetInput, UpdateBudgetInput } from './shared-budget.schema';

/** A budget that many things share the terms of: a limit template. Each of them has its own spend. */
export interface SharedBudget {
  readonly template: TemplateEntity;
  readonly budget: BudgetView;
}

interface ChangedBudget {
  readonly template: TemplateEntity;
  readonly ignored: readonly string[];
}

/** LiteLLM's names of the fields of TemplateService. */
const BUDGET_MEMBERS: MemberNames = { id: 'budget_id', name: 'budget_id', templateId: 'budget_id' };

export async function newBudget(
  ctx: RequestContext,
  services: LitellmServices,
  input: NewBudgetInput,
): Promise<Result<ChangedBudget, LitellmFailure>> {
  const plan = await planHolder(ctx, services, null, withoutId(input));
  if (!plan.ok) return plan;
  const id = input.budget_id ?? newId('template', ctx.clock.now());
  const made = await services.limitTemplates.create(ctx, { id, name: id });
  if (!made.ok) return fromIssues(made.error, BUDGET_MEMBERS);
  const limited = await limitHolder(ctx, services, { scope: 'TEMPLATE', scopeId: id }, plan.value);
  if (limited.ok && id === services.policy.customerBudgetId) {
    const given = await giveToCustomers(ctx, services.templateAssignments, id);
    if (!given.ok) return fromIssues(given.error, BUDGET_MEMBERS);
  }
  if (limited.ok) return ok({ template: made.value, ignored: plan.value.ignored });
  await undo(ctx, services, 'TEMPLATE', id);
  return limited;
}

export async function updateBudget(
  ctx: RequestContext,
  services: LitellmServices,
  input: UpdateBudgetInput,
): Promise<Result<ChangedBudget, LitellmFailure>> {
  const found = await findBudget(ctx, services, input.budget_id, 'budget_id');
  if (!found.ok) return found;
  const holder = { scope: 'TEMPLATE', scopeId: found.value.id } as const;
  const plan = await planHolder(ctx, services, holder, withoutId(input));
  if (!plan.ok) return plan;
  const limited = await limitHolder(ctx, services, holder, plan.value);
  return limited.ok ? ok({ template: found.value, ignored: plan.value.ignored }) : limited;
}

export async function deleteBudget(
  ctx: RequestContext,
  services: LitellmServices,
  id: string,
): Promise<Result<TemplateEntity, LitellmFailure>> {
  const found = await findBudget(ctx, services, id, 'id');
  if (!found.ok) return found;
  const removed = await services.limitTemplates.remove(ctx, id);
  return removed.ok ? removed : fromIssues(removed.error, { templateId: 'id' });
}

export async function findBudget(
  ctx: RequestContext,
  { limitTemplates }: Pick<LitellmServices, 'limitTemplates'>,
  id: string,
  param: string,
): Promise<Result<TemplateEntity, LitellmFailure>> {
  const found = await limitTemplates.find(ctx, id);
  return found ? ok(found) : notFound(param, `Budget not found: there is no budget "${id}".`);
}

/** The budgets with their terms, in as many statements for many as for one. */
export async function describeBudgets(
  ctx: RequestContext,
  templates: readonly TemplateEntity[],
): Promise<SharedBudget[]> {
  const ids = templates.map(({ id }) => id);
  const budgets = await viewBudgets(ctx, 'TEMPLATE', ids);
  return templates.flatMap((template) => {
    const budget = budgets.get(template.id);
    return budget ? [{ template, budget }] : [];
  });
}

export async function describeBudget(ctx: RequestContext, template: TemplateEntity): Promise<SharedBudget> {
  const [described] = await describeBudgets(ctx, [template]);
  if (!described) throw new Error(`The budget ${template.id} was not described.`);
  return described;
}

/** A budget is no holder of another one. */
function withoutId(input: UpdateBudgetInput | NewBudgetInput) {
  return { ...budgetOf(input), budget_id: undefined };
}
