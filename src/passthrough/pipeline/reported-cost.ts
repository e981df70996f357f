import { parseRate } from '../../domain/money/rate';
import type { PriceRule } from '../../domain/pricing/choose-price';
import { costFromReported, type Cost } from '../../domain/pricing/cost';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import type { Route } from '../../models/route';
import type { Measured } from './measure';

/**
 * Providers that bill what their answers say: OpenRouter (https://openrouter.ai/docs/use-cases/usage-accounting),
 * Perplexity with its fees for requests and searches (https://docs.perplexity.ai/getting-started/pricing), and xAI
 * (https://docs.x.ai/docs/api-reference). Of others a cost in an answer may be in any currency.
 */
const TRUSTED = new Set(['openrouter', 'perplexity', 'xai']);

/**
 * The cost that the provider itself names. A list price is at best the same; a price that somebody set for the call holds
 * whatever the provider says. Null when there is no such cost.
 */
export function trustedCost(
  { provider }: Pick<Route, 'provider'>,
  rule: PriceRule | null,
  { reportedCostUsd }: Pick<Measured, 'reportedCostUsd'>,
  { adjustments }: PricingContext,
): Cost | null {
  if (reportedCostUsd === null || !TRUSTED.has(provider)) return null;
  if (rule !== null && rule.scope !== 'CATALOGUE') return null;
  const dollars = parseRate(reportedCostUsd);
  return dollars.ok && !dollars.value.isNegative() ? costFromReported(dollars.value, adjustments) : null;
}
