import type { CallAttribution, LimitUnit } from '../limits/scope';
import type { Money } from '../money/money';

/** The snapshot that a call is booked under. It is kept as it was at admission, whatever is renamed later. */
export interface CallSnapshot extends CallAttribution {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly teamName: string | null;
  readonly keyAlias: string | null;
  /** Caller-owned metadata that is kept with the spend row. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The route that took the call, such as "/v1/chat/completions". */
  readonly endpoint: string;
  readonly stream: boolean;
}

/** What a call asks the ledger to hold for it before a byte goes upstream. */
export interface CallAsk {
  readonly callId: string;
  readonly snapshot: CallSnapshot;
  /** Version of the key that was authenticated; the ledger refuses when the key has changed since. Null without key. */
  readonly keyVersion: number | null;
  /** Whether the call has a price; one that expires without is booked as unpriced, not as free. */
  readonly priced: boolean;
  /** Upper bound of the cost. */
  readonly hold: Money;
  readonly holdInputTokens: number;
  readonly holdOutputTokens: number;
  /** Requests that it is made of: 1 by default, those of its file for a batch. */
  readonly requests?: number;
  /** Limits under which the call holds nothing, because they let input of unknown size through. */
  readonly unheldLimitIds?: readonly string[];
  /** When an unfinished call is given up and charged at its hold, counted from admission. */
  readonly deadlineMs: number;
  /** The client's `Idempotency-Key`, and a hash of what it sent with it. */
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
  /** The client's `traceparent` header, as it came; nothing is stored of it. */
  readonly traceparent?: string | undefined;
}

/** One unit of a count as an amount of the ledger, which keeps every unit in whole 1e-12ths. */
export const ONE = 1_000_000_000_000n;

/** What a call holds against a limit of that unit. */
export function askOf(
  unit: LimitUnit,
  ask: Pick<CallAsk, 'hold' | 'holdInputTokens' | 'holdOutputTokens' | 'requests'>,
): bigint {
  switch (unit) {
    case 'USD':
      return ask.hold;
    case 'TOKENS':
      return BigInt(ask.holdInputTokens + ask.holdOutputTokens) * ONE;
    case 'INPUT_TOKENS':
      return BigInt(ask.holdInputTokens) * ONE;
    case 'OUTPUT_TOKENS':
      return BigInt(ask.holdOutputTokens) * ONE;
    case 'REQUESTS':
      return BigInt(ask.requests ?? 1) * ONE;
    case 'CONCURRENT':
      return ONE;
  }
}
