import type { Money } from '../money/money';
import type { PricingTerms } from '../pricing/pricing-terms';
import type { Usage } from '../usage/usage';

/** How a call went, for people and reports. */
export type CallStatus = 'SUCCESS' | 'FAILURE' | 'CANCELLED';

/** Where the usage comes from: the provider's own count, our count of what was delivered, or nothing was used. */
export type UsageSource = 'PROVIDER' | 'ESTIMATED' | 'NONE';

/** PRICED; FREE only when a price says so; PARTIAL when a used bucket has no rate; UNPRICED has no cost, not zero. */
export type PricingStatus = 'PRICED' | 'FREE' | 'PARTIAL' | 'UNPRICED';

/** The end of a reserved call: what it really used and cost. */
export interface CallEnd {
  readonly callId: string;
  /** VOIDED only when this process knows that no byte was sent upstream; EXPIRED charges the hold. */
  readonly outcome: 'SETTLED' | 'VOIDED' | 'EXPIRED';
  readonly status: CallStatus;
  /** Null when unpriced. */
  readonly cost: Money | null;
  readonly pricingStatus: PricingStatus;
  readonly priceId: string | null;
  /** Parts of the cost as decimal text in USD; they add up to the cost. */
  readonly costBreakdown: Readonly<Record<string, string>> | null;
  /** What the price depends on besides the usage, to rate the call again; absent or null at standard terms. */
  readonly pricingTerms?: PricingTerms | null;
  readonly usage: Usage;
  /** The provider's own usage block, as it came. */
  readonly rawUsage: unknown;
  readonly usageSource: UsageSource;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** 1 when the call reached the upstream, else 0; of a batch, those of its requests that were answered. */
  readonly requests: number;
  readonly servedModel: string | null;
  readonly durationMs: number | null;
  readonly firstByteMs: number | null;
  readonly httpStatus: number | null;
  readonly error: string | null;
}

/** The end of a call of which not a byte was sent: its hold is released and nothing is charged. */
export function voidedCall(callId: string, error: string | null, httpStatus: number | null = null): CallEnd {
  return {
    callId,
    outcome: 'VOIDED',
    status: 'FAILURE',
    cost: 0n,
    pricingStatus: 'PRICED',
    priceId: null,
    costBreakdown: null,
    usage: {},
    rawUsage: null,
    usageSource: 'NONE',
    inputTokens: 0,
    outputTokens: 0,
    requests: 0,
    servedModel: null,
    durationMs: null,
    firstByteMs: null,
    httpStatus,
    error,
  };
}

/** The end of a call that nobody finished: the ledger charges what it held. */
export function expiredCall(callId: string): CallEnd {
  return { ...voidedCall(callId, null), outcome: 'EXPIRED', requests: 1 };
}
