import { isLosslessNumber } from 'lossless-json';
import { z } from 'zod';
import { Decimal } from '../domain/money/rate';
import { err, ok, type Result } from '../domain/result';
import { BUDGET_SHAPE, type BudgetInput } from '../litellm/budget.schema';
import { planBudget, type BudgetPlan } from '../litellm/budget-plan';
import { checkPlan } from '../litellm/budget-writer';
import type { SourceRow } from './litellm-source';
import { amountOf, instantOf, membersOf } from './row-values';

/** What a row limits, and what it had spent. */
export interface RowBudget {
  readonly plan: BudgetPlan;
  /** Whether there is a budget over every model, which is what `spend` counts towards. */
  readonly hasMain: boolean;
  /** When LiteLLM starts the budget afresh; null for never. */
  readonly resetsAt: Date | null;
  /** How long its windows are, in LiteLLM's words; null for ever. */
  readonly duration: string | null;
}

const BUDGET = z.object(BUDGET_SHAPE);
const AMOUNTS = ['max_budget', 'soft_budget'];
const COUNTS = ['tpm_limit', 'rpm_limit', 'max_parallel_requests'];

/** Reads the columns that limit something; what cannot be read is an error, since to leave it out would lift a limit. */
export function readBudget(row: SourceRow, nowMs: number): Result<RowBudget, string> {
  const metadata = membersOf(row['metadata']);
  const raw = {
    ...given(row, AMOUNTS, roundedOrAsIs),
    ...given(row, COUNTS, (value) => value),
    ...given(row, ['budget_duration'], (value) => value),
    ...models('model_max_budget', row['model_max_budget'], modelBudget),
    ...models('model_rpm_limit', row['model_rpm_limit'] ?? metadata['model_rpm_limit'], (value) => value),
    ...models('model_tpm_limit', row['model_tpm_limit'] ?? metadata['model_tpm_limit'], (value) => value),
    ...windows(row['budget_limits']),
  };
  const read = BUDGET.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    return err(`${issue?.path.map(String).join('.') ?? 'its budget'} ${issue?.message ?? 'cannot be read'}`);
  }
  const budget = withoutIdleSoft(read.data);
  const plan = planBudget(budget, [], metadata);
  const checked = checkPlan(plan, nowMs);
  if (!checked.ok) return err(checked.error.message);
  const hasMain = budget.max_budget != null || budget.soft_budget != null;
  const resets = budget.budget_duration == null ? null : instantOf(row['budget_reset_at']);
  return ok({ plan, hasMain, resetsAt: resets, duration: budget.budget_duration ?? null });
}

/** A soft budget above the hard one is never reached, and is refused here. */
function withoutIdleSoft(budget: BudgetInput): BudgetInput {
  const { max_budget: max, soft_budget: soft } = budget;
  if (max == null || soft == null || new Decimal(soft).lte(max)) return budget;
  return { ...budget, soft_budget: null };
}

function given(
  row: SourceRow,
  columns: readonly string[],
  read: (value: unknown) => unknown,
): Record<string, unknown> {
  const present = columns.filter((column) => row[column] != null);
  return Object.fromEntries(present.map((column) => [column, read(row[column])]));
}

function models(member: string, value: unknown, read: (value: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(membersOf(value)).filter(([, each]) => each != null);
  return entries.length === 0
    ? {}
    : { [member]: Object.fromEntries(entries.map(([name, each]) => [name, read(each)])) };
}

/** Old versions write a number of dollars in place of an object. */
function modelBudget(value: unknown): unknown {
  if (isLosslessNumber(value)) return { budget_limit: roundedOrAsIs(value) };
  const budget = membersOf(value);
  const amounts = given(budget, ['budget_limit', 'max_budget'], roundedOrAsIs);
  return { ...budget, ...amounts };
}

function windows(value: unknown): Record<string, unknown> {
  if (!Array.isArray(value) || value.length === 0) return {};
  const limits = value.map((each) => {
    const window = membersOf(each);
    return { ...window, max_budget: roundedOrAsIs(window['max_budget']) };
  });
  return { budget_limits: limits };
}

/** What is no number stays what it is, to be refused with its name. */
function roundedOrAsIs(value: unknown): unknown {
  return amountOf(value) ?? value;
}
