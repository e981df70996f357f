import type { RequestContext } from '../access/context';
import { addDuration, parseDuration } from '../domain/limits/duration';
import { formatMoney, parseMoney } from '../domain/money/decimal-text';
import { ok, type Result } from '../domain/result';
import { viewBudgets } from './budget-view';
import { badRequest, fromIssues, type LitellmFailure } from './failure';
import type { UpdateKeyInput } from './key.schema';
import { isAbove } from './policy';
import type { LitellmServices } from './services';

/** More room for a while, as LiteLLM's `temp_budget_increase` and `temp_budget_expiry` ask for it. */
export interface TempBudget {
  /** Dollars, as decimal text. */
  readonly amount: string;
  readonly expiresAt: Date;
}

type Input = Pick<UpdateKeyInput, 'temp_budget_increase' | 'temp_budget_expiry'>;

/** What was asked for; null when nothing was. */
export function tempBudgetOf(input: Input, nowMs: number): Result<TempBudget | null, LitellmFailure> {
  const { temp_budget_increase: amount, temp_budget_expiry: expiry } = input;
  if (amount == null && expiry == null) return ok(null);
  if (amount == null || expiry == null) {
    const missing = amount == null ? 'temp_budget_increase' : 'temp_budget_expiry';
    return badRequest(missing, 'temp_budget_increase and temp_budget_expiry come together.');
  }
  const duration = parseDuration(expiry);
  const atMs = duration.ok ? addDuration(nowMs, duration.value) : Date.parse(expiry);
  if (Number.isNaN(atMs)) {
    const message = '"temp_budget_expiry" must be a duration such as "10d", or an instant of ISO 8601.';
    return badRequest('temp_budget_expiry', message);
  }
  return atMs <= nowMs
    ? badRequest('temp_budget_expiry', '"temp_budget_expiry" has passed. Name a later instant.')
    : ok({ amount, expiresAt: new Date(atMs) });
}

/** Raises the max_budget of a key. The same increase until the same instant, sent again, is one. */
export async function raiseBudget(
  ctx: RequestContext,
  { limitAdjustments, policy }: Pick<LitellmServices, 'limitAdjustments' | 'policy'>,
  keyId: string,
  { amount, expiresAt }: TempBudget,
): Promise<Result<null, LitellmFailure>> {
  const main = (await viewBudgets(ctx, 'KEY', [keyId])).get(keyId)?.main ?? null;
  if (main === null) {
    return badRequest(
      'temp_budget_increase',
      'The key has no max_budget that could be raised. Set one first.',
    );
  }
  if (main.shared !== null) {
    const message = 'The key shares its budget with others. Give it a max_budget of its own to raise it.';
    return badRequest('temp_budget_increase', message);
  }
  const bound = policy.keyBounds.max_budget;
  const raise = parseMoney(amount);
  const total = main.limit.amount + main.increase + (raise.ok ? raise.value : 0n);
  if (bound != null && isAbove(formatMoney(total), bound)) {
    const message = `The budget would be ${formatMoney(total)}; keys may have ${bound} at most on this server.`;
    return badRequest('temp_budget_increase', message);
  }
  const limitId = main.limit.id;
  const raised = await limitAdjustments.increase(ctx, {
    ...{ limitId, amount, expiresAt, reason: 'Raised by temp_budget_increase.' },
    idempotencyKey: `temp_budget_increase ${limitId} ${amount} ${expiresAt.toISOString()}`,
  });
  if (raised.ok) return ok(null);
  const members = { amount: 'temp_budget_increase', expiresAt: 'temp_budget_expiry' };
  return fromIssues(raised.error, members);
}
