import type { RequestContext } from '../access/context';
import type { LimitScope } from '../domain/limits/scope';
import { ok, type Result } from '../domain/result';
import { parseTerms } from '../limits/limit-input';
import type { LimitEntity } from '../limits/limit.entity';
import type { LimitService } from '../limits/limit.service';
import type { BudgetPlan, LimitStep } from './budget-plan';
import { fromIssues, type LitellmFailure } from './failure';

type Limits = Pick<LimitService, 'list' | 'set' | 'update' | 'remove'>;

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

/** Sets, changes and removes limits step by step. Each is a change of its own: the ledger takes it or leaves it. */
export async function applyPlan(
  limits: Limits,
  ctx: RequestContext,
  on: { readonly scope: LimitScope; readonly scopeId: string },
  plan: BudgetPlan,
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
  on: { readonly scope: LimitScope; readonly scopeId: string },
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
