import type { CallAsk } from '../../domain/ledger/call-ask';
import {
  isRetryable,
  type LimitRefusal,
  type LimitTermsSnapshot,
  type Verdict,
} from '../../domain/ledger/verdict';
import { DEFAULT_THROTTLE_WAIT_MS } from '../../domain/limits/limit-policy';
import { err, ok, type Result } from '../../domain/result';
import { hidesAmounts, type PricedCall, type ReservedCall } from './call';
import { countTightly, leastAsk, lowerOutput, sliceOutput } from './fit-bound';
import { idempotencyOf } from './idempotency';
import { limitRefusal } from './limit-refusal';
import { noteExceeded } from './note-exceeded';
import type { CallPorts } from './ports';
import type { CallReply } from './reply';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';
import { snapshotOf } from './snapshot';
import type { Seat } from './throttle-queue';
import { allowUnbounded } from './unbounded-policy';

/** The key, or what it belongs to, is not what it was when it was read. */
export const KEY_CHANGED = 'KEY_CHANGED';

/** A limit on the path may be the tightest for each pass; more passes than this mean that others take the room. */
const MAX_PASSES = 8;

/** Why nothing could be held, and the model that the limit without room names instead; null where it names none. */
export interface ReserveRefusal {
  readonly refusal: Refusal;
  readonly fallbackModel: string | null;
  /** Whether the limit without room is that of the deployment or its provider, so that another one may have room. */
  readonly isOfRoute: boolean;
}

/** Everything about an ask that does not change while the bound is fitted. */
/** Longer than any that a client has to understand. */
const MAX_TRACEPARENT = 64;

type AskTerms = Pick<CallAsk, 'snapshot' | 'idempotency'> & { readonly unheldLimitIds: readonly string[] };

interface Asked {
  readonly call: PricedCall;
  readonly verdict: Verdict;
}

/** Step 3: holds the call's bound against every limit on its path, in one transaction, before a byte is sent. */
export async function reserve(
  ports: CallPorts,
  call: PricedCall,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedCall, ReserveRefusal> | typeof KEY_CHANGED> {
  const snapshot = snapshotOf(call, ports.settings.attribution);
  if (!snapshot.ok) return refusedWith(snapshot.error);
  const idempotency = idempotencyOf(call);
  if (!idempotency.ok) return refusedWith(idempotency.error);
  const allowed = await allowUnbounded(ports, call, snapshot.value);
  if (!allowed.ok) return refusedWith(allowed.error);
  const { unheldLimitIds } = allowed.value;
  const terms = { snapshot: snapshot.value, idempotency: idempotency.value, unheldLimitIds };
  const met = meetCustomer(ports, snapshot.value);
  const asked = await askWithPatience(ports, allowed.value.call, terms, client);
  await met;
  const reserving = { ...asked.call, snapshot: snapshot.value };
  if (asked.verdict.kind !== 'KEY_CHANGED') return judge(ports, reserving, asked.verdict);
  if (call.caller.kind === 'KEY') ports.keys.forget(call.caller.key.keyId);
  return KEY_CHANGED;
}

/**
 * Asks until the call fits, as long as a limit without room lets it wait. Between two asks nothing is held: no
 * transaction, no connection, no reservation.
 */
async function askWithPatience(
  ports: CallPorts,
  call: PricedCall,
  terms: AskTerms,
  client: Pick<CallReply, 'left'>,
): Promise<Asked> {
  const startedAtMs = ports.clock.now();
  let seat: Seat | null = null;
  let asked = await askUntilItFits(ports, call, terms);
  try {
    while (asked.verdict.kind === 'REFUSED') {
      const { limit, window } = asked.verdict.refusal;
      const giveUpAtMs = startedAtMs + maxWaitMs(limit);
      if (!mayMakeRoom(asked.verdict.refusal, ports.clock.now(), giveUpAtMs)) break;
      seat ??= ports.throttle.enter();
      const until = { giveUpAtMs, windowEndsAtMs: window.endsAtMs, left: client.left };
      if (seat === null || !(await seat.wait(limit.id, until))) break;
      asked = await askUntilItFits(ports, call, terms);
    }
    return asked;
  } finally {
    seat?.leave(asked.verdict.kind === 'ADMITTED');
  }
}

function maxWaitMs({ policy }: LimitTermsSnapshot): number {
  if (policy.onExhaustion !== 'THROTTLE') return 0;
  return policy.throttleMaxWaitMs ?? DEFAULT_THROTTLE_WAIT_MS;
}

/** Whether calls in flight hold what is missing, or a new window begins in time. What is spent does not come back. */
function mayMakeRoom(refused: LimitRefusal, nowMs: number, giveUpAtMs: number): boolean {
  if (giveUpAtMs <= nowMs) return false;
  const { endsAtMs } = refused.window;
  return isRetryable(refused) || (endsAtMs !== null && endsAtMs < giveUpAtMs);
}

/** The loose bound is free and nearly always fits. Only where it does not is the request counted, and its output cut. */
async function askUntilItFits(ports: CallPorts, call: PricedCall, terms: AskTerms): Promise<Asked> {
  let asking = call;
  let verdict = await ask(ports, asking, terms);
  let isCounted = false;
  for (let pass = 0; pass < MAX_PASSES && verdict.kind === 'REFUSED'; pass++) {
    const counted: PricedCall | null = isCounted ? null : await countTightly(ports, asking, verdict.refusal);
    isCounted ||= counted !== null;
    const sliced = counted === null ? await askForSlice(ports, asking, verdict.refusal, terms) : null;
    if (sliced !== null) return sliced;
    const tighter = counted ?? lowerOutput(asking, verdict.refusal);
    if (tighter === null) {
      const least = leastAsk(asking, verdict.refusal);
      return { call: asking, verdict: { ...verdict, refusal: { ...verdict.refusal, least } } };
    }
    asking = tighter;
    verdict = await ask(ports, asking, terms);
  }
  return { call: asking, verdict };
}

/** Null when the call may not hold its output in slices, or not even the first one fits: less of it may. */
async function askForSlice(
  ports: CallPorts,
  call: PricedCall,
  refused: LimitRefusal,
  terms: AskTerms,
): Promise<Asked | null> {
  const sliced = sliceOutput(call, refused);
  if (sliced === null) return null;
  const verdict = await ask(ports, sliced, terms);
  return verdict.kind === 'REFUSED' ? null : { call: sliced, verdict };
}

/** The first call for a customer makes its record, beside the reservation. */
async function meetCustomer(ports: CallPorts, snapshot: AskTerms['snapshot']): Promise<void> {
  const { organizationId, customerId } = snapshot;
  if (customerId !== null && customerId !== '')
    await ports.customers.meet({ organizationId, externalId: customerId });
}

async function ask(ports: CallPorts, call: PricedCall, terms: AskTerms): Promise<Verdict> {
  return ports.ledger.reserve({
    ...terms,
    callId: call.callId,
    keyVersion: call.caller.kind === 'KEY' ? call.caller.key.version : null,
    priced: call.price !== null,
    hold: call.bound.hold,
    holdInputTokens: call.bound.inputTokens,
    holdOutputTokens: call.bound.outputTokens,
    requests: call.bound.counts.requests ?? 1,
    deadlineMs: call.deadlineMs ?? ports.settings.callDeadlineMs,
    traceparent: call.header('traceparent')?.slice(0, MAX_TRACEPARENT),
  });
}

async function judge(
  ports: CallPorts,
  call: PricedCall & Pick<ReservedCall, 'snapshot'>,
  verdict: Exclude<Verdict, { kind: 'KEY_CHANGED' }>,
): Promise<Result<ReservedCall, ReserveRefusal>> {
  switch (verdict.kind) {
    case 'ADMITTED': {
      const { admittedAtMs, keySpend, standings } = verdict;
      const exceeded = await noteExceeded(ports, call, standings);
      return ok({ ...call, admittedAtMs, keySpend, standings, exceeded });
    }
    case 'REFUSED': {
      const { scope, policy } = verdict.refusal.limit;
      const isOfRoute = scope === 'DEPLOYMENT' || scope === 'PROVIDER';
      const { fallbackModel } = policy;
      return err({ refusal: refusedBy(ports, call, verdict.refusal), fallbackModel, isOfRoute });
    }
    case 'DUPLICATE':
      return refusedWith(duplicate(verdict));
    case 'CUSTOMER_BLOCKED':
      return refusedWith(CUSTOMER_BLOCKED);
  }
}

function refusedWith(refused: Refusal): Result<never, ReserveRefusal> {
  return err({ refusal: refused, fallbackModel: null, isOfRoute: false });
}

function refusedBy(ports: CallPorts, call: PricedCall, refused: LimitRefusal): Refusal {
  const key = call.caller.kind === 'KEY' ? call.caller.key : null;
  return limitRefusal(refused, {
    nowMs: ports.clock.now(),
    budgetStatus: ports.settings.budgetRefusalStatus,
    key: key && { alias: key.alias, display: key.display },
    hidesAmounts: hidesAmounts(call),
  });
}

const CUSTOMER_BLOCKED: Refusal = refusal(
  403,
  'permission_error',
  'The customer that this call is made for is blocked. An administrator can unblock it.',
  { code: 'customer_blocked', param: 'user', headers: DO_NOT_RETRY },
);

function duplicate(verdict: Extract<Verdict, { kind: 'DUPLICATE' }>): Refusal {
  const headers = { ...DO_NOT_RETRY, 'x-litellm-call-id': verdict.firstCallId };
  const more = { code: 'idempotency_key_in_use', param: 'Idempotency-Key', headers };
  if (!verdict.sameBody)
    return refusal(
      422,
      'invalid_request_error',
      'This Idempotency-Key was used with another body. Use a new key.',
      more,
    );
  const state = verdict.inFlight ? 'is still in flight' : 'has ended';
  return refusal(
    409,
    'conflict_error',
    `The call ${verdict.firstCallId} had this Idempotency-Key and ${state}.`,
    more,
  );
}
