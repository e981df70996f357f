import type { RequestContext } from '../access/context';
import { requireRule, RULES } from '../access/rules';
import { ok, type Result } from '../domain/result';
import type { Money } from '../domain/money/money';
import { viewBudgets, type BudgetView } from './budget-view';
import { shareTemplate } from './budget-template';
import { applyPlan, limitsOn } from './budget-writer';
import { badRequest, fromIssues, notFound, type LitellmFailure } from './failure';
import { planHolder } from './holder-budget';
import type { LitellmServices } from './services';
import { spendParts } from './spend-parts';
import { findBudgetedTags } from './budgeted.repository';
import type { TagInput } from './tag.schema';

/** A tag is what calls are marked with. It has no record: it is there when it was used or has a budget. */
export interface Tag {
  readonly name: string;
  readonly budget: BudgetView;
  /** What calls with it cost in the last ten years. */
  readonly totalSpend: Money;
}

const DAY_MS = 86_400_000;
/** As far as a report reaches: ten years. */
const MAX_DAYS = 3_660;

/** Sets the budget of a tag. One that has a budget already is not new. */
export async function newTag(
  ctx: RequestContext,
  services: LitellmServices,
  input: TagInput,
): Promise<Result<readonly string[], LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  const [known] = await findBudgetedTags(ctx.db.manager, [input.name]);
  if (known !== undefined) {
    return badRequest('name', `The tag "${input.name}" has a budget already. Use /tag/update.`);
  }
  return setBudget(ctx, services, input);
}

export async function updateTag(
  ctx: RequestContext,
  services: LitellmServices,
  input: TagInput,
): Promise<Result<readonly string[], LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  return setBudget(ctx, services, input);
}

/** Takes every limit off a tag. What was spent with it stays. */
export async function deleteTag(
  ctx: RequestContext,
  services: LitellmServices,
  name: string,
): Promise<Result<null, LitellmFailure>> {
  requireRule(ctx.principal, RULES.serverAdmin);
  const found = await describeTags(ctx, services, [name]);
  if (found.length === 0) return notFound('name', `There is no tag "${name}".`);
  for (const { id } of await limitsOn(services.limits, ctx, 'TAG', name)) {
    const removed = await services.limits.remove(ctx, id);
    if (!removed.ok) return fromIssues(removed.error, {});
  }
  return shareTemplate(ctx, services, { scope: 'TAG', scopeId: name }, null);
}

/** The tags of these names, or all: those that were used and those that have a budget. */
export async function describeTags(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'spendReports'>,
  only?: readonly string[],
): Promise<Tag[]> {
  requireRule(ctx.principal, RULES.serverViewer);
  const toMs = (Math.floor(ctx.clock.now() / DAY_MS) + 1) * DAY_MS;
  const span = { from: new Date(toMs - MAX_DAYS * DAY_MS), to: new Date(toMs), timezone: 'UTC' };
  const attribute = { name: 'TAG', only } as const;
  const [parts, budgeted] = await Promise.all([
    spendParts(ctx, services, span, { by: [], byDay: false, attribute }),
    findBudgetedTags(ctx.db.manager, only ?? null),
  ]);
  const spent = new Map(parts.map((part) => [part.of('TAG'), part.sums.cost]));
  const names = [...new Set([...budgeted, ...spent.keys()])].filter((name) => name !== '').sort();
  const budgets = await viewBudgets(ctx, 'TAG', names);
  return names.flatMap((name) => {
    const budget = budgets.get(name);
    return budget ? [{ name, budget, totalSpend: spent.get(name) ?? 0n }] : [];
  });
}

async function setBudget(
  ctx: RequestContext,
  services: LitellmServices,
  input: TagInput,
): Promise<Result<readonly string[], LitellmFailure>> {
  const on = { scope: 'TAG', scopeId: input.name } as const;
  const plan = await planHolder(ctx, services, on, input);
  if (!plan.ok) return plan;
  const applied = await applyPlan(services, ctx, on, plan.value);
  return applied.ok ? ok(plan.value.ignored) : applied;
}
