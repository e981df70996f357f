import { readImageTerms } from '../../domain/metering/image-request';
import type { PriceRule } from '../../domain/pricing/choose-price';
import { imagePricePrefix } from '../../domain/pricing/image-price-name';
import type { Route } from '../../models/route';
import type { PriceLookup } from '../../pricing/pricing.service';
import type { AuthenticatedCall } from './call';
import type { CallPorts } from './ports';

/** OpenAI's older image models make squares of this size unless told (https://platform.openai.com/docs/api-reference/images). */
const DEFAULT_SIZE = { width: 1024, height: 1024 };

/** The price that holds for a call when it comes; null when there is none. */
export async function findPrice(
  { pricing, clock }: Pick<CallPorts, 'pricing' | 'clock'>,
  call: AuthenticatedCall,
  route: Route,
): Promise<PriceRule | null> {
  const { model } = call.request;
  const lookup: PriceLookup = { ...priceQuery(call, route), model, atMs: clock.now() };
  const plain = await pricing.priceFor(lookup);
  if (call.format.boundFormat(call.operation) !== 'openai-images' || pricesPaintedTokens(plain)) return plain;
  // A price by the image goes by its size and quality.
  const terms = readImageTerms(call.json);
  const { width, height } = terms.size ?? DEFAULT_SIZE;
  const prefix = imagePricePrefix(terms.quality, width, height);
  const sized = await pricing.priceFor({
    ...lookup,
    model: `${prefix}${model}`,
    upstreamModel: `${prefix}${lookup.upstreamModel ?? model}`,
  });
  return sized ?? plain;
}

/** Whom and what a price is looked up for. */
export function priceQuery(call: AuthenticatedCall, route: Route): Omit<PriceLookup, 'model' | 'atMs'> {
  const key = call.caller.kind === 'KEY' ? call.caller.key : null;
  return {
    upstreamModel: route.baseModel ?? route.upstreamModel,
    provider: route.provider,
    deploymentId: route.deploymentId,
    keyId: key?.keyId ?? null,
    teamId: key?.teamId ?? null,
    organizationId: key?.organizationId ?? null,
  };
}

function pricesPaintedTokens(rule: PriceRule | null): boolean {
  const { outputImage, outputText } = rule?.sheet.rates ?? {};
  return outputImage !== undefined || outputText !== undefined;
}
