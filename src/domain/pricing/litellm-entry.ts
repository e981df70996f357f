import { err, ok, type Result } from '../result';
import { InvalidField, type FieldError } from './json-reader';
import { looksLikeCost, NOT_PER_CALL, parseCostKey } from './litellm-cost-keys';
import { readOffPeak, readProviderMultipliers, readSearchContext, readTiers } from './litellm-nested-prices';
import { readFactor, readOptionalText, readTokens } from './litellm-values';
import { RateTable } from './litellm-rate-table';
import { HALF, type PriceMultiplier, type PriceSheet } from './price';

/** A model of LiteLLM's `model_prices_and_context_window.json`, understood. */
export interface LitellmModel {
  readonly sheet: PriceSheet;
  readonly provider: string | null;
  readonly mode: string | null;
  readonly maxInputTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly source: string | null;
  readonly deprecationDate: string | null;
  /** Keys that look like a price and are not understood. They must be shown to whoever imports the map. */
  readonly unknownKeys: readonly string[];
  /** Keys that are understood and don't belong to a call, such as storage by the day. */
  readonly notPerCallKeys: readonly string[];
}

/** Providers whose thresholds are "N tokens and above" rather than "more than N". */
const INCLUSIVE_PROVIDERS: ReadonlySet<string> = new Set(['xai']);

const NESTED = new Set(['tiered_pricing', 'off_peak_pricing', 'search_context_cost_per_query']);
const MULTIPLIER_KEYS: ReadonlyMap<string, PriceMultiplier['when']> = new Map([
  ['regional_processing_uplift_multiplier_eu', { dataResidency: 'eu' }],
  ['regional_processing_uplift_multiplier_us', { dataResidency: 'us' }],
  ['regional_endpoint_uplift_multiplier', { regionalEndpoint: true }],
]);

/**
 * Reads one entry of the map. Numbers must arrive as decimal text: whoever parses the file keeps the digits as written.
 * A malformed or negative price is an error that names its key.
 */
export function litellmEntry(entry: Readonly<Record<string, unknown>>): Result<LitellmModel, FieldError> {
  try {
    return ok(readEntry(entry));
  } catch (error) {
    if (error instanceof InvalidField) return err({ message: error.message, field: error.field });
    throw error;
  }
}

function readEntry(entry: Readonly<Record<string, unknown>>): LitellmModel {
  const mode = readOptionalText(entry['mode'], 'mode');
  const provider = readOptionalText(entry['litellm_provider'], 'litellm_provider');
  const table = new RateTable(provider !== null && INCLUSIVE_PROVIDERS.has(provider));
  const unknownKeys: string[] = [];
  const notPerCallKeys: string[] = [];
  const multipliers: PriceMultiplier[] = [];
  for (const [name, value] of Object.entries(entry)) {
    if (value === null || value === undefined || NESTED.has(name)) continue;
    const multiplier = MULTIPLIER_KEYS.get(name);
    const cost = parseCostKey(name, mode);
    if (multiplier !== undefined) multipliers.push({ when: multiplier, factor: readFactor(value, name) });
    else if (cost !== null) table.add(cost, value, name);
    else if (NOT_PER_CALL.has(name)) notPerCallKeys.push(name);
    else if (name === 'provider_specific_entry') multipliers.push(...readProviderMultipliers(value, name));
    else if (name !== 'web_search_billing_unit' && looksLikeCost(name)) unknownKeys.push(name);
  }
  table.addTiers(readTiers(entry['tiered_pricing'], mode, unknownKeys));
  table.addVariants(readSearchContext(entry['search_context_cost_per_query']));
  table.addVariants(readOffPeak(entry['off_peak_pricing'], mode, unknownKeys));
  return {
    sheet: {
      rates: table.base(),
      variants: table.variants(),
      multipliers,
      batchMultiplier: HALF,
      webSearchBilledPer: readBillingUnit(entry['web_search_billing_unit']),
      minimums: {},
    },
    provider,
    mode,
    maxInputTokens: readTokens(entry['max_input_tokens'] ?? entry['max_tokens'], 'max_input_tokens'),
    maxOutputTokens: readTokens(entry['max_output_tokens'] ?? entry['max_tokens'], 'max_output_tokens'),
    source: readOptionalText(entry['source'], 'source'),
    deprecationDate: readOptionalText(entry['deprecation_date'], 'deprecation_date'),
    unknownKeys,
    notPerCallKeys,
  };
}

function readBillingUnit(value: unknown): 'QUERY' | 'PROMPT' {
  if (value === undefined || value === null || value === 'per_query') return 'QUERY';
  if (value === 'per_prompt') return 'PROMPT';
  throw new InvalidField('web_search_billing_unit', 'must be "per_query" or "per_prompt"');
}
