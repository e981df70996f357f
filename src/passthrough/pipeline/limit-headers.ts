import { ONE } from '../../domain/ledger/call-ask';
import { isSoftExceeded, refuses, remainingAfter, type LimitStanding } from '../../domain/ledger/verdict';
import type { LimitScope, LimitUnit } from '../../domain/limits/scope';
import { formatMoney } from '../../domain/money/decimal-text';
import { hidesAmounts, type ReservedCall } from './call';

/** Limits on these hold many tenants at once; what is left under them is not each one's to know. */
const SHARED: ReadonlySet<LimitScope> = new Set(['SERVER', 'PROVIDER', 'DEPLOYMENT', 'MODEL', 'MODEL_GROUP']);

/**
 * How the limits on the call's path stand, in the names of OpenAI (`x-ratelimit-…`) and LiteLLM (`x-litellm-key-…`). All
 * of it was told by the reservation, so that nothing is asked again. Of several limits of a kind, the one with the least
 * left is told; after this call, and as if it used all that it holds.
 */
export function limitHeaders(call: ReservedCall): Record<string, string> {
  const { standings, exceeded } = call;
  if (standings.length === 0) return {};
  const headers: Record<string, string> = {};
  const own = standings.filter(({ limit }) => !SHARED.has(limit.scope));
  const enforced = own.filter(({ limit }) => refuses(limit));
  if (!hidesAmounts(call)) amounts(headers, call, enforced);
  const soft = own.filter(({ spent, limit }) => isSoftExceeded(spent, limit.softAmount));
  list(headers, 'x-spendgraph-soft-limit-exceeded', soft);
  const [warning, trial] = [exceeded.filter(isEnforced), exceeded.filter((each) => !isEnforced(each))];
  list(headers, 'x-spendgraph-limit-exceeded', warning);
  list(headers, 'x-spendgraph-would-refuse', trial);
  return headers;
}

function amounts(
  headers: Record<string, string>,
  call: ReservedCall,
  enforced: readonly LimitStanding[],
): void {
  rateLimit(headers, 'requests', tightest(enforced, ['REQUESTS']), call.admittedAtMs);
  rateLimit(
    headers,
    'tokens',
    tightest(enforced, ['TOKENS', 'INPUT_TOKENS', 'OUTPUT_TOKENS']),
    call.admittedAtMs,
  );
  budget(headers, tightest(enforced, ['USD']));
  for (const standing of enforced) ofKey(headers, standing, call.request.model);
}

function isEnforced({ limit }: LimitStanding): boolean {
  return limit.policy.mode === 'ENFORCE';
}

function tightest(standings: readonly LimitStanding[], units: readonly LimitUnit[]): LimitStanding | null {
  let found: LimitStanding | null = null;
  for (const standing of standings) {
    if (!units.includes(standing.limit.unit)) continue;
    if (found === null || remainingAfter(standing) < remainingAfter(found)) found = standing;
  }
  return found;
}

function rateLimit(
  headers: Record<string, string>,
  what: 'requests' | 'tokens',
  standing: LimitStanding | null,
  nowMs: number,
): void {
  if (standing === null) return;
  headers[`x-ratelimit-limit-${what}`] = whole(standing.limit.amount);
  headers[`x-ratelimit-remaining-${what}`] = whole(remainingAfter(standing));
  const { endsAtMs } = standing.window;
  if (endsAtMs !== null) headers[`x-ratelimit-reset-${what}`] = duration(endsAtMs - nowMs);
}

function budget(headers: Record<string, string>, standing: LimitStanding | null): void {
  if (standing === null) return;
  headers['x-spendgraph-budget-limit'] = formatMoney(standing.limit.amount);
  headers['x-spendgraph-budget-remaining'] = formatMoney(remainingAfter(standing));
  headers['x-spendgraph-budget-scope'] = standing.limit.scope;
  const { endsAtMs } = standing.window;
  if (endsAtMs !== null) headers['x-spendgraph-budget-resets-at'] = new Date(endsAtMs).toISOString();
}

/** What LiteLLM tells of the key's own limits. */
function ofKey(headers: Record<string, string>, standing: LimitStanding, model: string): void {
  const { scope, unit, models, amount, spec } = standing.limit;
  if (scope !== 'KEY') return;
  const kind = unit === 'REQUESTS' ? 'requests' : unit === 'TOKENS' ? 'tokens' : null;
  if (models.length > 0) {
    if (kind !== null)
      headers[`x-litellm-key-remaining-${kind}-${nameText(model)}`] = whole(remainingAfter(standing));
    return;
  }
  if (unit === 'USD') headers['x-litellm-key-max-budget'] = formatMoney(amount);
  if (kind === null || spec.period !== 'MINUTE' || spec.count !== 1) return;
  headers[kind === 'requests' ? 'x-litellm-key-rpm-limit' : 'x-litellm-key-tpm-limit'] = whole(amount);
}

function list(headers: Record<string, string>, name: string, standings: readonly LimitStanding[]): void {
  if (standings.length > 0) headers[name] = standings.map(({ limit }) => limit.id).join(',');
}

function whole(amount: bigint): string {
  return (amount / ONE).toString();
}

/** As OpenAI writes it: "250ms", "12s", "6m0s", "1h0m0s". */
function duration(ms: number): string {
  if (ms < 1_000) return `${String(Math.max(0, Math.ceil(ms)))}ms`;
  const seconds = Math.ceil(ms / 1_000);
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${String(h)}h${String(m)}m${String(s)}s`;
  return m > 0 ? `${String(m)}m${String(s)}s` : `${String(s)}s`;
}

/** A model's name inside the name of a header. */
function nameText(model: string): string {
  return model.toLowerCase().replace(/[^a-z0-9._-]/g, '-');
}
