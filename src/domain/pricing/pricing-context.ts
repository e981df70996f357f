import type { PriceAdjustments } from './price-adjustments';
import type { TierNames } from './service-tier';

/** What is known about a call besides its usage. An absent field means unknown and selects the standard price. */
export interface PricingContext extends TierNames {
  /** The instant of billing in epoch milliseconds; selects rates by the time of day. */
  readonly atMs: number;
  readonly batch?: boolean;
  /**
   * Input tokens of the largest request, where the usage is that of several: thresholds go by requests. Absent where
   * the usage is that of one.
   */
  readonly requestInputTokens?: number;
  readonly dataResidency?: string | null;
  /** The provider's region of the endpoint, such as "us-east5"; "global" is no region. */
  readonly endpointRegion?: string | null;
  readonly inferenceGeo?: string | null;
  readonly speed?: string | null;
  readonly searchContextSize?: string | null;
  readonly videoResolution?: string | null;
  readonly adjustments?: PriceAdjustments;
}

/** Anthropic reports a batch as a service tier. Batches have no other tier. */
export function isBatch(context: PricingContext): boolean {
  return context.batch === true || context.servedServiceTier?.toLowerCase() === 'batch';
}
