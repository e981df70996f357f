import { asRecord, asText } from '../../domain/metering/json';
import type { PriceSheet } from '../../domain/pricing/price';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { canonicalServiceTier } from '../../domain/pricing/service-tier';
import type { AuthenticatedCall } from './call';

/** Members of a request that change what a unit costs, as far as the price sheet can know them. */
export function pricedTerms(
  call: AuthenticatedCall,
): Pick<PricingContext, 'speed' | 'inferenceGeo' | 'searchContextSize'> {
  const body = asRecord(call.json);
  const search = asRecord(body?.['web_search_options']);
  return {
    speed: asText(body?.['speed']),
    inferenceGeo: asText(body?.['inference_geo']),
    searchContextSize: asText(search?.['search_context_size']),
  };
}

/**
 * The member of the request that makes it dearer than the sheet can say: it would be booked at the standard rate, which is
 * not what the provider bills. Null when every such member has a rate, or is at its standard value.
 */
export function unpricedTerm(call: AuthenticatedCall, sheet: PriceSheet): string | null {
  const { speed, inferenceGeo } = pricedTerms(call);
  const asked = call.request.serviceTier ?? 'auto';
  const tier = asked === 'auto' ? null : canonicalServiceTier(asked);
  // Flex is sold below the standard rate, which is then a bound.
  if (tier !== null && tier !== 'flex' && !sheet.variants.some(({ when }) => when.serviceTier === tier))
    return 'service_tier';
  const hasFactor = (known: (when: PriceSheet['multipliers'][number]['when']) => boolean): boolean =>
    sheet.multipliers.some(({ when }) => known(when));
  if (speed != null && speed !== 'standard' && !hasFactor((when) => when.speed === speed)) return 'speed';
  const isGlobal = inferenceGeo == null || inferenceGeo === 'global' || inferenceGeo === 'not_available';
  if (!isGlobal && !hasFactor((when) => when.inferenceGeo === inferenceGeo)) return 'inference_geo';
  return null;
}
