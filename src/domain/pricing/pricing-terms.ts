import type { PricingContext } from './pricing-context';

/** What the price of a call depends on besides its usage and its instant, as it is kept with the call. */
export const PRICING_TERMS = [
  'requestedServiceTier',
  'servedServiceTier',
  'batch',
  'requestInputTokens',
  'dataResidency',
  'endpointRegion',
  'inferenceGeo',
  'speed',
  'searchContextSize',
  'videoResolution',
] as const satisfies readonly (keyof PricingContext)[];
type PricingTerm = (typeof PRICING_TERMS)[number];

/** Those that are not at their standard value, and the provider's name for the model where it is another one. */
export type PricingTerms = Readonly<
  Partial<Pick<PricingContext, PricingTerm>> & {
    upstreamModel?: string;
    /** The provider itself said what the call costs, so that no price decides it. */
    isReported?: true;
    /** A batch whose requests were billed at several rates, so that what they used together does not tell the cost. */
    isMixed?: true;
  }
>;

/** Null at standard terms. */
export function pricingTermsOf(
  context: PricingContext,
  model: string,
  upstreamModel: string | null,
): PricingTerms | null {
  const given = PRICING_TERMS.flatMap((term) => {
    const value = context[term];
    return value === undefined || value === null || value === false ? [] : [[term, value] as const];
  });
  const named = upstreamModel === null || upstreamModel === model ? [] : [['upstreamModel', upstreamModel]];
  return given.length + named.length === 0
    ? null
    : (Object.fromEntries([...given, ...named]) as PricingTerms);
}
