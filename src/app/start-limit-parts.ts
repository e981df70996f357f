import { setTimeout as delay } from 'node:timers/promises';
import { ExcessRecorder } from '../ledger/excess-recorder';
import { ThrottleQueue } from '../passthrough/pipeline/throttle-queue';
import type { Lifecycle } from '../platform/lifecycle';
import type { ServiceParts } from './services';

/** What limits need beside the ledger: a place for calls that wait, and a count of those that were let through. */
export interface LimitParts {
  readonly throttle: ThrottleQueue;
  readonly excesses: ExcessRecorder;
}

export function startLimitParts(
  { config, hints, clock, log, database }: ServiceParts,
  lifecycle: Lifecycle,
): LimitParts {
  const excesses = new ExcessRecorder(database.pool, log, (delayMs) => delay(delayMs));
  lifecycle.onStop('the counts beyond limits', () => excesses.idle());
  const throttle = new ThrottleQueue({ hints, clock, maxWaiters: config.spending.throttleMaxWaiters });
  return { throttle, excesses };
}
