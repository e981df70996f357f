import type { CallSnapshot } from '../../domain/ledger/call-ask';
import { refuses, type LimitTermsSnapshot } from '../../domain/ledger/verdict';
import { err, ok, type Result } from '../../domain/result';
import type { PricedCall } from './call';
import { withBound } from './fit-bound';
import type { CallPorts } from './ports';
import { allowanceFor } from './price';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

/** The call as its limits want it held, and those of them under which it holds nothing. */
export interface Allowed {
  readonly call: PricedCall;
  readonly unheldLimitIds: readonly string[];
}

/**
 * What the limits on the path say of input whose size the request does not tell. Nearly every call has none, and then
 * nothing is looked at. Where several limits name a number of tokens to hold, the largest holds: one call has one hold.
 */
export async function allowUnbounded(
  ports: CallPorts,
  call: PricedCall,
  snapshot: CallSnapshot,
): Promise<Result<Allowed, Refusal>> {
  const { bound, route } = call;
  if (bound.unbounded.length === 0) return ok({ call, unheldLimitIds: [] });
  let limits = (await ports.ledger.limitsOn(snapshot)).filter(refuses);
  // Nothing else would notice that a refusal is out of date, so it is made from what holds now.
  if (refusing(limits)) limits = (await ports.ledger.limitsOn(snapshot, true)).filter(refuses);
  const by = refusing(limits);
  if (by) return err(refused(by, bound.unbounded));
  const unheld = limits.filter(({ policy }) => policy.unboundedInput === 'ALLOW');
  const named = limits
    .filter(({ policy }) => policy.unboundedInput === 'RESERVE')
    .flatMap(({ policy }) => policy.unboundedInputTokens ?? []);
  const unheldLimitIds = unheld.map(({ id }) => id);
  if (named.length === 0) return ok({ call, unheldLimitIds });
  const { requests } = bound.counts;
  const unboundedInputTokens = allowanceFor(route, bound.unbounded, Math.max(...named), requests);
  const inputTokens = bound.inputTokens - bound.unboundedInputTokens + unboundedInputTokens;
  return ok({ call: withBound(call, { ...bound, inputTokens, unboundedInputTokens }), unheldLimitIds });
}

function refusing(limits: readonly LimitTermsSnapshot[]): LimitTermsSnapshot | undefined {
  return limits.find(({ policy }) => policy.unboundedInput === 'REFUSE');
}

function refused({ id, scope }: LimitTermsSnapshot, things: readonly string[]): Refusal {
  const message =
    `A limit on this call's ${scope} takes no input whose size the request does not tell: ${things.join(', ')}. ` +
    'Send the input itself in the request.';
  return refusal(400, 'invalid_request_error', message, {
    code: 'unbounded_input',
    headers: { ...DO_NOT_RETRY, 'x-spendgraph-limit-id': id, 'x-spendgraph-limit-scope': scope },
    details: { limit_id: id, scope, retryable: false },
  });
}
