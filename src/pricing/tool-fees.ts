import { Decimal } from '../domain/money/rate';
import type { Rates } from '../domain/pricing/price';
import type { UnitRate } from '../domain/pricing/unit-rate';

const usd = (text: string): UnitRate => ({ usd: new Decimal(text), per: 1 });

/** Models that take OpenAI's tools: those that write, and neither paint, speak nor listen. */
const WRITERS = /^(gpt-[45]|o[1-9])/;
const OTHERS = /image|audio|realtime|tts|transcribe/;
/** 25 USD for a thousand searches of these, whose search content is free. */
const SEARCH_PREVIEWS = /^gpt-4o(-mini)?-search-preview/;
/** 10 USD for a thousand searches of these, whichever of the tools is used; of others it depends on the tool. */
const REASONERS = /^(gpt-5|o[1-9])/;

/**
 * OpenAI's fees for the tools that it runs itself, which the bundled data leaves out
 * (https://platform.openai.com/docs/pricing#built-in-tools): searches of the web and of files by the call, code by the
 * container. A fee that the data names is kept.
 */
export function withToolFees(rates: Rates, providerId: string, modelId: string): Rates {
  if (providerId !== 'openai' || !WRITERS.test(modelId) || OTHERS.test(modelId)) return rates;
  const fees: Partial<Record<'webSearches' | 'fileSearches' | 'codeSessions', UnitRate>> = {
    fileSearches: usd('0.0025'),
    codeSessions: usd('0.03'),
  };
  if (SEARCH_PREVIEWS.test(modelId)) fees.webSearches = usd('0.025');
  else if (REASONERS.test(modelId)) fees.webSearches = usd('0.01');
  return { ...fees, ...rates };
}
