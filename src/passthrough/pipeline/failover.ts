import { setTimeout as pauseFor } from 'node:timers/promises';
import { newId } from '../../domain/ids';
import { retryPause } from '../../domain/models/retry-after';
import { DEFAULT_RETRIES, fallbacksOf } from '../../domain/models/routing-settings';
import { admit } from './admit';
import { NO_FAILOVER, type AuthenticatedCall, type Failover, type ReservedCall } from './call';
import type { CallPorts } from './ports';
import type { CallReply } from './reply';
import { KEY_CHANGED } from './reserve';

/** An attempt of which the client has heard nothing yet. It is booked, or about to be. */
export interface FailedAttempt {
  /** Whether the same request may well succeed elsewhere, or later. */
  readonly isRetryable: boolean;
  /** Whether the request is too long for the model. */
  readonly isTooLong: boolean;
  /** How long the provider asked to be left alone; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** Whether not a byte left, so that the ledger gave the client's Idempotency-Key back. */
  readonly isVoided: boolean;
  /** Resolves when the ledger has it. */
  readonly booked: Promise<void>;
  /** Tells the client of it, when nothing else is tried. */
  answer(): void;
}

type Client = Pick<CallReply, 'left'>;

/**
 * What follows a failed attempt: the same model at another deployment, the same deployment after a pause where retries
 * are configured, then the models that stand in for it. Each is a call of its own in the ledger, priced and held anew
 * against every limit before a byte of it leaves. Null when nothing else may be tried: the failure is the answer.
 */
export async function nextAttempt(
  ports: CallPorts,
  call: ReservedCall,
  failed: FailedAttempt,
  client: Client,
): Promise<ReservedCall | null> {
  if (client.left.aborted) return null;
  // What the failed attempt held must not stand in the way of the next one.
  await failed.booked;
  const past = call.failover ?? NO_FAILOVER;
  const isWithoutKey = past.isWithoutKey || !failed.isVoided;
  const retried = failed.isRetryable
    ? await retry(ports, call, failed, { ...past, isWithoutKey }, client)
    : null;
  return retried ?? fallBack(ports, call, failed, { ...past, isWithoutKey }, client);
}

async function retry(
  ports: CallPorts,
  call: ReservedCall,
  failed: FailedAttempt,
  past: Failover,
  client: Client,
): Promise<ReservedCall | null> {
  const { numRetries, retryAfterMs } = ports.settings.routing;
  const { deploymentId } = call.route;
  const { model } = call.request;
  const retriesOfModel = past.retriesOfModel + 1;
  if (deploymentId === null || retriesOfModel > (numRetries ?? DEFAULT_RETRIES)) return null;
  const again = { ...past, retries: past.retries + 1, retriesOfModel };
  const avoid = new Set([...past.avoid, deploymentId]);
  const elsewhere = await readmit(ports, call, model, { ...again, avoid }, client);
  if (elsewhere !== null || numRetries === null) return elsewhere;
  const pauseMs = retryPause(failed.retryAfterMs, retryAfterMs, retriesOfModel);
  if (pauseMs === null || !(await hasWaited(pauseMs, client.left))) return null;
  return readmit(ports, call, model, { ...again, avoid: NO_FAILOVER.avoid }, client);
}

async function fallBack(
  ports: CallPorts,
  call: ReservedCall,
  failed: FailedAttempt,
  past: Failover,
  client: Client,
): Promise<ReservedCall | null> {
  const { fallbacks, contextWindowFallbacks, maxFallbacks } = ports.settings.routing;
  const from = past.models[0] ?? call.request.model;
  const lists = failed.isTooLong ? contextWindowFallbacks : fallbacks;
  let models = past.models.length === 0 ? [from] : past.models;
  for (const model of fallbacksOf(lists, from)) {
    if (models.includes(model) || client.left.aborted) continue;
    if (models.length > maxFallbacks) return null;
    models = [...models, model];
    const attempts = models.length - 1;
    const failover = { ...past, retriesOfModel: 0, avoid: NO_FAILOVER.avoid, models };
    // The operator names that model, wherever it is served.
    const address = { ...call.address, isPinned: false };
    const asked = { ...call, address, fallback: { from: call.fallback?.from ?? from, attempts } };
    const admitted = await readmit(ports, asked, model, failover, client);
    if (admitted !== null) return admitted;
  }
  return null;
}

/** Null when the key may not, no deployment can, or no limit has the room for it. */
async function readmit(
  ports: CallPorts,
  call: AuthenticatedCall,
  model: string,
  failover: Failover,
  client: Client,
): Promise<ReservedCall | null> {
  const callId = newId('call', ports.clock.now());
  const asked = { ...call, callId, request: { ...call.request, model }, failover };
  const admitted = await admit(ports, asked, client);
  return admitted !== KEY_CHANGED && admitted.ok ? admitted.value : null;
}

/** False when the client left meanwhile. */
async function hasWaited(pauseMs: number, left: AbortSignal): Promise<boolean> {
  try {
    await pauseFor(pauseMs, undefined, { signal: left });
    return true;
  } catch {
    return false;
  }
}
