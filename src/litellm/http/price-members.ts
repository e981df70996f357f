import { LosslessNumber } from 'lossless-json';
import type { PriceRule } from '../../domain/pricing/choose-price';
import type { Json } from '../lossless';
import type { UsageUnit } from '../../domain/usage/usage';

/** LiteLLM's names of the rates that are per one unit. */
const NAMES: Readonly<Partial<Record<UsageUnit, string>>> = {
  inputText: 'input_cost_per_token',
  outputText: 'output_cost_per_token',
  inputCacheRead: 'cache_read_input_token_cost',
  inputCacheWrite5m: 'cache_creation_input_token_cost',
  inputCacheWrite1h: 'cache_creation_input_token_cost_above_1hr',
  outputReasoning: 'output_cost_per_reasoning_token',
  inputAudio: 'input_cost_per_audio_token',
  outputAudio: 'output_cost_per_audio_token',
  inputImage: 'input_cost_per_image_token',
  outputImage: 'output_cost_per_image_token',
  outputImages: 'output_cost_per_image',
  inputCharacters: 'input_cost_per_character',
  requests: 'input_cost_per_request',
  searchUnits: 'input_cost_per_query',
};

/** The standard rates of a price by LiteLLM's names. Both token rates are there, null where the model has none. */
export function priceMembers(price: PriceRule | null): Json {
  const rates = Object.entries(NAMES).flatMap(([unit, name]) => {
    const rate = price?.sheet.rates[unit as UsageUnit];
    return rate?.per === 1 ? [[name, new LosslessNumber(rate.usd.toFixed())] as const] : [];
  });
  return { input_cost_per_token: null, output_cost_per_token: null, ...Object.fromEntries(rates) };
}
