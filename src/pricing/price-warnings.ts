import { missingTokenRates } from '../domain/pricing/missing-rates';
import type { PriceEntity } from './price.entity';
import { toPriceRule } from './price-rules.repository';

/** What may surprise when calls are booked by a price, in sentences for people. */
export function priceWarnings(price: PriceEntity): string[] {
  return missingTokenRates(toPriceRule(price).sheet).map((unit) => {
    const side = unit === 'inputText' ? 'input' : 'output';
    return (
      `The price has no rate for ${side} text. Calls that use it are booked as PARTIAL, at less than they cost` +
      (side === 'output' ? ' (an embedding model has no output, and needs none). ' : '. ') +
      `Add a rate for ${side === 'input' ? 'INPUT_TEXT' : 'OUTPUT_TEXT'}, or "0" if it is free.`
    );
  });
}
