import { createHash } from 'node:crypto';
import type { CallAsk, CallSnapshot } from '../../domain/ledger/call-ask';
import type { LimitRefusal, Verdict } from '../../domain/ledger/verdict';
import { err, ok, type Result } from '../../domain/result';
import type { PricedCall, ReservedCall } from './call';
import { limitRefusal } from './limit-refusal';
import type { CallPorts } from './ports';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';
import { snapshotOf } from './snapshot';
import { countTightly, shrinkOutput } from './fit-bound';

/** The key, or what it belongs to, is not what it was when it was read. */
export const KEY_CHANGED = 'KEY_CHANGED';

/** Step 3: holds the call's bound against every limit on its path, in one transaction, before a byte is sent. */
export async function reserve(
  ports: CallPorts,
  call: PricedCall,
): Promise<Result<ReservedCall, Refusal> | typeof KEY_CHANGED> {
  const snapshot = snapshotOf(call);
  if (!snapshot.ok) return snapshot;
  let asking = call;
  let verdict = await ask(ports, asking, snapshot.value);
  // The loose bound is free and nearly always fits. Only where it does not is the request counted, and then cut.
  for (const fit of [countTightly, shrinkOutput]) {
    if (verdict.kind !== 'REFUSED') break;
    const tighter = await fit(ports, asking, verdict.refusal);
    if (tighter === null) continue;
    asking = tighter;
    verdict = await ask(ports, asking, snapshot.value);
  }
  if (verdict.kind !== 'KEY_CHANGED') return judge(ports, asking, verdict);
  if (call.caller.kind === 'KEY') ports.keys.forget(call.caller.key.keyId);
  return KEY_CHANGED;
}

async function ask(ports: CallPorts, call: PricedCall, snapshot: CallSnapshot): Promise<Verdict> {
  return ports.ledger.reserve({
    callId: call.callId,
    snapshot,
    keyVersion: call.caller.kind === 'KEY' ? call.caller.key.version : null,
    priced: call.price !== null,
    hold: call.bound.hold,
    holdInputTokens: call.bound.inputTokens,
    holdOutputTokens: call.bound.outputTokens,
    deadlineMs: ports.settings.callDeadlineMs,
    idempotency: idempotencyOf(call),
  });
}

function judge(
  ports: CallPorts,
  call: PricedCall,
  verdict: Exclude<Verdict, { kind: 'KEY_CHANGED' }>,
): Result<ReservedCall, Refusal> {
  switch (verdict.kind) {
    case 'ADMITTED':
      return ok({ ...call, admittedAtMs: verdict.admittedAtMs, keySpend: verdict.keySpend });
    case 'REFUSED':
      return err(refusedBy(ports, call, verdict.refusal));
    case 'DUPLICATE':
      return err(duplicate(verdict));
  }
}

function refusedBy(ports: CallPorts, call: PricedCall, refused: LimitRefusal): Refusal {
  const key = call.caller.kind === 'KEY' ? call.caller.key : null;
  return limitRefusal(refused, {
    nowMs: ports.clock.now(),
    budgetStatus: ports.settings.budgetRefusalStatus,
    key: key && { alias: key.alias, display: key.display },
  });
}

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

function idempotencyOf(call: PricedCall): CallAsk['idempotency'] {
  const key = call.header('idempotency-key');
  if (key === undefined || call.caller.kind !== 'KEY') return null;
  return { key: key.slice(0, 255), bodyHash: createHash('sha256').update(call.body).digest('hex') };
}
