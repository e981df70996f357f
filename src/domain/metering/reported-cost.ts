import { Decimal, parseRate } from '../money/rate';
import { asDecimalText, asRecord } from './json';
import { textAt } from './splice-json';

/** xAI reports in ticks of 1e-10 USD (https://docs.x.ai/docs/api-reference, `cost_in_usd_ticks`). */
const USD_PER_TICK = new Decimal('1e-10');

/**
 * What the provider itself says a call cost, in USD as decimal text, or null when it says nothing:
 * - OpenRouter `usage.cost` in credits of one USD; with a key of one's own (`is_byok`) it is OpenRouter's fee alone,
 *   and `cost_details.upstream_inference_cost` is what the provider bills beside it
 *   (https://openrouter.ai/docs/use-cases/usage-accounting).
 * - Perplexity `usage.cost.total_cost` (https://docs.perplexity.ai/api-reference/chat-completions-post).
 * - xAI `usage.cost_in_usd_ticks`.
 *
 * `text` is the JSON text that holds `usage`. With it the digits are taken as sent; without it a number that
 * JSON.parse has already made a float is written out as its shortest decimal.
 */
export function reportedCost(usage: unknown, text?: string): string | null {
  const block = asRecord(usage);
  // Most providers say nothing of cost: then the text need not be searched for the digits.
  if (!block || (block['cost'] === undefined && block['cost_in_usd_ticks'] === undefined)) return null;
  const read = (...path: string[]): string | null => {
    const digits = text === undefined ? decimalAt(block, path) : textAt(text, ['usage', ...path]);
    return digits !== null && parseRate(digits).ok ? digits : null;
  };
  const ticks = read('cost_in_usd_ticks');
  if (ticks !== null) return USD_PER_TICK.times(ticks).toFixed();
  const cost =
    asRecord(block['cost']) && !isNumber(block['cost']) ? read('cost', 'total_cost') : read('cost');
  if (cost === null) return null;
  const upstream = block['is_byok'] === true ? read('cost_details', 'upstream_inference_cost') : null;
  return new Decimal(cost).plus(upstream ?? '0').toFixed();
}

function decimalAt(block: unknown, path: readonly string[]): string | null {
  let current = block;
  for (const name of path) current = asRecord(current)?.[name];
  return asDecimalText(current);
}

function isNumber(value: unknown): boolean {
  return asDecimalText(value) !== null;
}
