import { withDecimalText } from '../domain/pricing/decimal-prices';
import { litellmEntry } from '../domain/pricing/litellm-entry';
import { priceSheetToJson } from '../domain/pricing/price-json';
import { ok, type Result } from '../domain/result';
import { issue, type UserIssue } from '../platform/user-issue';
import type { SetPrice } from './price-input';

/** A model's prices in the keys of LiteLLM's price map, as its `register_model` takes them. */
export interface RegisterModel {
  readonly model: string;
  /** `input_cost_per_token`, `output_cost_per_token` and the others; numbers or decimal text. */
  readonly prices: unknown;
  /** The `litellm_provider` of the prices by default. */
  readonly provider?: string | null | undefined;
  readonly effectiveFrom?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** The price that it sets. A key that looks like a cost and is not known is refused, for the model would be too cheap. */
export function readRegistration(input: RegisterModel): Result<SetPrice, UserIssue[]> {
  const { model, prices, effectiveFrom, idempotencyKey } = input;
  if (typeof prices !== 'object' || prices === null || Array.isArray(prices)) {
    return issue(
      'INVALID',
      'prices',
      'Give an object of prices, such as {"input_cost_per_token": "0.000001"}.',
    );
  }
  const entry = litellmEntry(withDecimalText(prices) as Record<string, unknown>);
  if (!entry.ok) return issue('INVALID', ['prices', entry.error.field], entry.error.message);
  const { sheet, unknownKeys, source } = entry.value;
  const [unknown] = unknownKeys;
  if (unknown !== undefined) {
    const message = `Not known as prices: ${unknownKeys.join(', ')}. Leaving them out would make the model too cheap.`;
    return issue('INVALID', ['prices', unknown], message);
  }
  return ok({
    ...{ scope: 'MODEL', model, effectiveFrom, idempotencyKey },
    provider: input.provider ?? entry.value.provider,
    sheet: priceSheetToJson(sheet),
    source: source ?? 'registerModel',
  });
}
