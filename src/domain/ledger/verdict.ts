import type { LimitPolicy } from '../limits/limit-policy';
import type { Enforcement, LimitScope, LimitUnit } from '../limits/scope';
import type { StoreFailurePolicy } from '../limits/store-failure';
import type { Window, WindowSpec } from '../limits/window-spec';
import type { Money } from '../money/money';

/** A limit as the ledger enforces it. */
export interface LimitTermsSnapshot {
  readonly id: string;
  /** Names the windows that it is counted in: its own, or those of one holder of a template's limit. */
  readonly series: string;
  /** By which assignment a template's limit holds here; null for one that is set on the scope itself. */
  readonly assignmentId: string | null;
  readonly scope: LimitScope;
  readonly scopeId: string;
  readonly unit: LimitUnit;
  readonly amount: bigint;
  readonly spec: WindowSpec;
  readonly models: readonly string[];
  readonly enforcement: Enforcement;
  readonly onStoreFailure: StoreFailurePolicy;
  /** Amount from which on a warning is due; null for none. */
  readonly softAmount: bigint | null;
  readonly policy: LimitPolicy;
  /** The version of the limits at which these terms were written. */
  readonly version: string;
}

/** How a limit stood when a call asked for room under it. */
export interface LimitStanding {
  readonly limit: LimitTermsSnapshot;
  readonly windowId: string;
  readonly window: Window;
  readonly spent: bigint;
  /** Held by the other calls in flight at the time. */
  readonly reserved: bigint;
  /** What this call asked for. */
  readonly ask: bigint;
}

/** Why a call was not admitted: the first limit on its path, in path order, that it did not fit under. */
export interface LimitRefusal extends LimitStanding {
  /** The least that it could do with, its output bound lowered as far as that may be; `ask` when left out. */
  readonly least?: bigint;
}

/** Whether the limit can refuse calls at all. */
export function refuses(limit: Pick<LimitTermsSnapshot, 'enforcement' | 'policy'>): boolean {
  return limit.enforcement !== 'ADVISORY' && limit.policy.mode === 'ENFORCE';
}

/** Whether the limit has room for what is asked. Who asks for nothing fits, even where all is used up. */
export function fitsUnder({ limit, spent, reserved, ask }: LimitStanding): boolean {
  return ask === 0n || spent + reserved + ask <= limit.amount;
}

/** What is left under the limit once the call holds its ask; never below zero. */
export function remainingAfter({ limit, spent, reserved, ask }: LimitStanding): bigint {
  const left = limit.amount - spent - reserved - ask;
  return left > 0n ? left : 0n;
}

/** Whether what is booked has reached the amount from which on a warning is due. */
export function isSoftExceeded(spent: bigint, softAmount: bigint | null): boolean {
  return softAmount !== null && spent >= softAmount;
}

export type Verdict =
  /** `keySpend` is null when the call was let through without the database, which alone knows it. */
  | {
      readonly kind: 'ADMITTED';
      readonly admittedAtMs: number;
      readonly keySpend: Money | null;
      /** Every limit on the path, in path order; none when the call was let through without the database. */
      readonly standings: readonly LimitStanding[];
    }
  | {
      readonly kind: 'REFUSED';
      readonly refusal: LimitRefusal;
      readonly keySpend: Money;
      readonly standings: readonly LimitStanding[];
    }
  /** The customer that the call is made for was blocked. */
  | { readonly kind: 'CUSTOMER_BLOCKED' }
  /** The key, or what it belongs to, was blocked, expired or changed since it was read: authenticate again. */
  | { readonly kind: 'KEY_CHANGED' }
  /** An earlier call of the key had the same Idempotency-Key. */
  | {
      readonly kind: 'DUPLICATE';
      readonly firstCallId: string;
      readonly sameBody: boolean;
      readonly inFlight: boolean;
    };

/**
 * True when calls in flight hold what is missing, so that a retry may succeed; false when what is already spent leaves
 * no room before the window ends.
 */
export function isRetryable(refusal: LimitRefusal): boolean {
  return refusal.spent + (refusal.least ?? refusal.ask) <= refusal.limit.amount;
}
