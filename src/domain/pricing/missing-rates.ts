import { priceStatus, type PriceSheet, type Rates } from './price';
import { FALLBACKS } from './usage-measures';
import type { UsageUnit } from '../usage/usage';

/**
 * What a call of a model that is sold by the token uses and this sheet has no rate for: such a call is booked as PARTIAL,
 * with a cost that is too low. Empty for a sheet that is no price by the token.
 */
export function missingTokenRates(sheet: PriceSheet): UsageUnit[] {
  if (priceStatus(sheet) === 'UNPRICED') return [];
  const isByToken = hasRate(sheet, 'inputText') || hasRate(sheet, 'outputText');
  if (!isByToken) return [];
  return (['inputText', 'outputText'] as const).filter((unit) => !hasRate(sheet, unit));
}

function hasRate(sheet: PriceSheet, unit: UsageUnit): boolean {
  const priced = (rates: Rates): boolean =>
    [unit, ...(FALLBACKS[unit] ?? [])].some((each) => rates[each] !== undefined);
  return priced(sheet.rates) || sheet.variants.some(({ rates }) => priced(rates));
}
