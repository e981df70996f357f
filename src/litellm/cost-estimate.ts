import type { RequestContext } from '../access/context';
import type { PriceRule } from '../domain/pricing/choose-price';
import type { Cost } from '../domain/pricing/cost';
import { costOf } from '../domain/pricing/cost-of';
import { ok, type Result } from '../domain/result';
import type { EstimateCostInput } from './cost.schema';
import { badRequest, notFound, type LitellmFailure } from './failure';
import { priceQueryOf } from './model-costs';
import type { LitellmServices } from './services';

export interface CostEstimate {
  readonly cost: Cost & { readonly total: bigint };
  readonly rule: PriceRule;
  readonly provider: string | null;
}

/** What one such call would cost the caller, with its discount and margin. A model without a price is an error. */
export async function estimateCost(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'router' | 'pricing'>,
  input: EstimateCostInput,
): Promise<Result<CostEstimate, LitellmFailure>> {
  const cacheRead = count(input.cache_read_input_tokens);
  const cacheWrite = count(input.cache_creation_input_tokens);
  const reasoning = count(input.reasoning_tokens);
  const plainInput = count(input.input_tokens) - cacheRead - cacheWrite;
  const plainOutput = count(input.output_tokens) - reasoning;
  if (plainInput < 0)
    return badRequest(
      'cache_read_input_tokens',
      'Cached tokens are part of "input_tokens", and more than these.',
    );
  if (plainOutput < 0)
    return badRequest(
      'reasoning_tokens',
      'Reasoning tokens are part of "output_tokens", and more than these.',
    );
  const query = await priceQueryOf(ctx, services, input.model);
  const rule = await services.pricing.priceFor(query);
  if (!rule) return notFound('model', `The model "${input.model}" has no price. Set one with setPrice.`);
  const { adjustments } = await services.pricing.adjustmentsFor(query);
  const usage = {
    ...{ inputText: plainInput, inputCacheRead: cacheRead, inputCacheWrite5m: cacheWrite },
    ...{ outputText: plainOutput, outputReasoning: reasoning },
  };
  const cost = costOf(usage, rule.sheet, { atMs: query.atMs, adjustments });
  if (cost.total === null || cost.unpricedUnits.length > 0) {
    const units = cost.unpricedUnits.join(', ');
    return badRequest('model', `The price of "${input.model}" has no rate for ${units}.`);
  }
  return ok({ cost: { ...cost, total: cost.total }, rule, provider: query.provider });
}

/** Whole numbers of at most eighteen digits: a count of tokens. */
function count(digits: string | null | undefined): number {
  return Number(digits ?? 0);
}
