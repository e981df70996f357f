import { ONE } from '../../domain/ledger/call-ask';
import { isRetryable, type LimitRefusal } from '../../domain/ledger/verdict';
import { formatMoney } from '../../domain/money/decimal-text';
import { customerOfScope } from '../../domain/limits/customer-scope';
import type { LimitScope } from '../../domain/limits/scope';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

export interface RefusalContext {
  readonly nowMs: number;
  /** 429 as LiteLLM has it, or 402. */
  readonly budgetStatus: number;
  /** Whether the client is to learn no amounts. */
  readonly hidesAmounts: boolean;
  readonly key: { readonly alias: string | null; readonly display: string } | null;
}

const SCOPE_NAMES: Partial<Record<LimitScope, string>> = {
  SERVER: 'Server',
  ORGANIZATION: 'Organization',
  TEAM: 'Team',
  PROJECT: 'Project',
  USER: 'User',
  TEAM_MEMBER: 'Team member',
  KEY: 'Key',
  CUSTOMER: 'End User',
  TAG: 'Tag',
};

/**
 * A refusal names the limit, what stands against it, when it resets and whether a retry can help. Two kinds are never
 * mixed up: what is spent leaves no room (do not retry), and calls in flight hold the room (retry shortly).
 */
export function limitRefusal(refused: LimitRefusal, context: RefusalContext): Refusal {
  const { limit, window } = refused;
  const retryable = isRetryable(refused);
  const isBudget = limit.unit === 'USD';
  const resetsAt = window.endsAtMs === null ? null : new Date(window.endsAtMs).toISOString();
  const headers: Record<string, string> = {
    'x-spendgraph-limit-id': limit.id,
    'x-spendgraph-limit-scope': limit.scope,
    ...(resetsAt === null ? {} : { reset_at: resetsAt }),
  };
  if (!isBudget) headers['rate_limit_type'] = rateLimitType(refused);
  const waitMs = retryable
    ? 1_000
    : isBudget || window.endsAtMs === null
      ? null
      : window.endsAtMs - context.nowMs;
  if (waitMs === null) Object.assign(headers, DO_NOT_RETRY);
  else headers['retry-after'] = String(Math.max(1, Math.ceil(waitMs / 1_000)));
  const details = {
    limit_id: limit.id,
    scope: limit.scope,
    scope_id: limit.scopeId,
    unit: limit.unit,
    ...(context.hidesAmounts
      ? {}
      : {
          limit: amountText(refused, limit.amount),
          spent: amountText(refused, refused.spent),
          reserved: amountText(refused, refused.reserved),
          requested: amountText(refused, refused.ask),
        }),
    resets_at: resetsAt,
    retryable: waitMs !== null,
  };
  const status = isBudget && !retryable ? context.budgetStatus : 429;
  const type = isBudget ? (retryable ? 'budget_reserved' : 'budget_exceeded') : 'throttling_error';
  return refusal(status, type, message(refused, context, retryable, resetsAt), {
    code: type,
    headers,
    details,
  });
}

function message(
  refused: LimitRefusal,
  context: RefusalContext,
  retryable: boolean,
  resetsAt: string | null,
): string {
  const { limit } = refused;
  const of = scopeText(refused, context);
  const until = resetsAt === null ? '' : ` Resets at: ${resetsAt}.`;
  if (context.hidesAmounts) {
    if (limit.unit !== 'USD')
      return `Rate limit exceeded for ${of}. Limit type: ${rateLimitType(refused)}.${until}`;
    if (retryable) return `Budget is held by calls in flight! ${of}. Try again shortly.`;
    return `Budget has been exceeded! ${of}.${until}`;
  }
  const spent = amountText(refused, refused.spent);
  const max = amountText(refused, limit.amount);
  if (limit.unit !== 'USD')
    return `Rate limit exceeded for ${of}. Limit type: ${rateLimitType(refused)}. Current limit: ${max}, used: ${spent}, in flight: ${amountText(refused, refused.reserved)}.${until}`;
  const ask = amountText(refused, refused.ask);
  const held = amountText(refused, refused.reserved);
  if (retryable)
    return `Budget is held by calls in flight! ${of} Current cost: ${spent}, Held: ${held}, Max budget: ${max}; this call may cost up to ${ask}. Try again shortly.`;
  return `Budget has been exceeded! ${of} Current cost: ${spent}, Max budget: ${max}; this call may cost up to ${ask}.${until}`;
}

function scopeText({ limit }: LimitRefusal, { key }: RefusalContext): string {
  if (limit.scope === 'KEY' && key) {
    return key.alias === null ? `Key=${key.display}` : `Key=${key.alias} (${key.display})`;
  }
  const name = limit.scope === 'CUSTOMER' ? customerOfScope(limit.scopeId) : limit.scopeId;
  return `${SCOPE_NAMES[limit.scope] ?? limit.scope}=${name}`;
}

function rateLimitType({ limit }: LimitRefusal): string {
  if (limit.unit === 'CONCURRENT') return 'concurrent_requests';
  return limit.unit === 'REQUESTS' ? 'requests' : 'tokens';
}

function amountText({ limit }: LimitRefusal, amount: bigint): string {
  return limit.unit === 'USD' ? formatMoney(amount) : (amount / ONE).toString();
}
