import type { RequestContext } from '../access/context';
import type { LimitScope } from '../domain/limits/scope';
import { ok, type Result } from '../domain/result';
import { parseTerms } from '../limits/limit-input';
import type { LimitEntity } from '../limits/limit.entity';
import type { LimitPlace } from '../limits/limit-place';
import type { LimitService } from '../limits/limit.service';
import { planBudget, type BudgetPlan, type LimitStep } from './budget-plan';
import type { BudgetInput } from './budget.schema';
import { checkTemplate, shareTemplate } from './budget-template';
import { fromIssues, type LitellmFailure } from './failure';
import type { LitellmServices } from './services';

type Limits = Pick<LimitService, 'list' | 'set' | 'update' | 'remove'>;
type Services = Pick<LitellmServices, 'limits' | 'limitTemplates' | 'templateAssignments'>;

const PAGE = 100;

/** Every limit that is set on one thing. */
export async function limitsOn(
  limits: Limits,
  ctx: RequestContext,
  scope: LimitScope,
  scopeId: string,
): Promise<LimitEntity[]> {
  const all: LimitEntity[] = [];
  for (let after: string | null = null; ;) {
    const page = await limits.list(ctx, { scope, scopeId }, { first: PAGE, after });
    all.push(...page.rows);
    const last = page.rows.at(-1);
    if (!page.hasNextPage || !last) return all;
    after = page.cursorOf(last);
  }
}

/** The checked plan for what a request asks of the limits of a thing, before anything is made. */
export async function planFor(
  ctx: RequestContext,
  services: Services,
  input: BudgetInput,
  present: readonly LimitEntity[],
  metadata?: Readonly<Record<string, unknown>> | null,
): Promise<Result<BudgetPlan, LitellmFailure>> {
  const plan = planBudget(input, present, metadata);
  const checked = checkPlan(plan, ctx.clock.now());
  if (!checked.ok) return checked;
  const shared = await checkTemplate(ctx, services, plan.template);
  return shared.ok ? ok(plan) : shared;
}

/** What is wrong with a plan by itself, found before anything is made that would have to be undone. */
export function checkPlan(plan: BudgetPlan, nowMs: number): Result<null, LitellmFailure> {
  for (const step of plan.steps) {
    if (step.kind === 'REMOVE') continue;
    const unit = step.kind === 'SET' ? step.limit.unit : step.unit;
    const parsed = parseTerms(step.limit, unit, { timezone: 'UTC', nowMs });
    if (!parsed.ok) return fromIssues(parsed.error, step.members);
  }
  return ok(null);
}

/** Does what a plan says: its limits, and the budget that is shared. */
export async function applyPlan(
  services: Services,
  ctx: RequestContext,
  on: LimitPlace,
  plan: BudgetPlan,
): Promise<Result<null, LitellmFailure>> {
  const limited = await applySteps(services.limits, ctx, on, plan);
  return limited.ok ? shareTemplate(ctx, services, on, plan.template) : limited;
}

/** Sets, changes and removes limits step by step. Each is a change of its own: the ledger takes it or leaves it. */
export async function applySteps(
  limits: Limits,
  ctx: RequestContext,
  on: LimitPlace,
  plan: Pick<BudgetPlan, 'steps'>,
): Promise<Result<null, LitellmFailure>> {
  for (const step of plan.steps) {
    const done = await applyStep(limits, ctx, on, step);
    if (!done.ok) return fromIssues(done.error, step.kind === 'REMOVE' ? {} : step.members);
  }
  return ok(null);
}

async function applyStep(
  limits: Limits,
  ctx: RequestContext,
  on: LimitPlace,
  step: LimitStep,
): ReturnType<Limits['set']> {
  switch (step.kind) {
    case 'SET':
      return limits.set(ctx, { ...step.limit, ...on });
    case 'UPDATE':
      return limits.update(ctx, step.limit);
    case 'REMOVE':
      return limits.remove(ctx, step.limitId);
  }
}
