import type { PriceRule } from '../domain/pricing/choose-price';
import { canonicalProvider, splitModel } from '../domain/pricing/model-name';
import { priceSheet, type Rates } from '../domain/pricing/price';
import { parseUnitRate } from '../domain/pricing/unit-rate';
import type { UsageUnit } from '../domain/usage/usage';
import { assert } from '../domain/assert';

const SOURCE = 'https://platform.openai.com/docs/pricing';
const PROVIDER = 'openai';

/** OpenAI's models that are sold by the image or character, which the bundled data leaves out. In USD for one. */
const PRICES: Readonly<Record<string, readonly [UsageUnit, string]>> = {
  'standard/1024-x-1024/dall-e-3': ['outputImages', '0.04'],
  'standard/1024-x-1792/dall-e-3': ['outputImages', '0.08'],
  'standard/1792-x-1024/dall-e-3': ['outputImages', '0.08'],
  'hd/1024-x-1024/dall-e-3': ['outputImages', '0.08'],
  'hd/1024-x-1792/dall-e-3': ['outputImages', '0.12'],
  'hd/1792-x-1024/dall-e-3': ['outputImages', '0.12'],
  'standard/256-x-256/dall-e-2': ['outputImages', '0.016'],
  'standard/512-x-512/dall-e-2': ['outputImages', '0.018'],
  'standard/1024-x-1024/dall-e-2': ['outputImages', '0.02'],
  'tts-1': ['inputCharacters', '0.000015'],
  'tts-1-hd': ['inputCharacters', '0.00003'],
};

/** The list price of a model of OpenAI's that is not sold by the token; null for all others. */
export function findMediaPrice(provider: string | null, model: string): PriceRule | null {
  const split = splitModel(model);
  const owner = provider === null ? (split.provider ?? PROVIDER) : canonicalProvider(provider);
  const name = split.provider === PROVIDER ? split.model : model;
  const price = owner === PROVIDER && Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
  if (price === undefined) return null;
  return {
    id: `catalogue:${PROVIDER}/${name}`,
    scope: 'CATALOGUE',
    scopeId: null,
    provider: PROVIDER,
    model: name,
    effectiveFromMs: null,
    effectiveUntilMs: null,
    sheet: priceSheet(ratesOf(price)),
    source: SOURCE,
  };
}

function ratesOf([unit, usd]: readonly [UsageUnit, string]): Rates {
  const rate = parseUnitRate(usd);
  assert(rate.ok, `${usd} is a rate`);
  return { [unit]: rate.value };
}
