import type { RequestContext } from '../access/context';
import { normaliseAnyUsage } from '../domain/metering/any-usage';
import { tokenPlan, type TokenPlan } from '../domain/metering/chat-framing';
import { encodingOfModel } from '../domain/metering/encoding-of-model';
import type { Money } from '../domain/money/money';
import type { PriceRule } from '../domain/pricing/choose-price';
import { costOf } from '../domain/pricing/cost-of';
import { ok, type Result } from '../domain/result';
import type { Usage } from '../domain/usage/usage';
import type { PriceLookup } from '../pricing/pricing.service';
import { badRequest, notFound, type LitellmFailure } from './failure';
import { routeOf } from './route-of';
import type { LitellmServices } from './services';
import type { CountTokensInput } from './model.schema';
import type { CalculateSpendInput } from './spend.schema';

export interface CountedTokens {
  readonly tokens: number;
  /** The provider's name for the model. */
  readonly upstreamModel: string;
  /** False when the model's tokenizer is not public, or part of the text was counted by its bytes. */
  readonly exact: boolean;
}

interface Target {
  readonly provider: string | null;
  readonly upstreamModel: string;
  readonly deploymentId: string | null;
}

/** What messages cost to send, or what an answer cost in all. A model without a price is an error, never zero. */
export async function calculateSpend(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'router' | 'pricing' | 'tokenizer'>,
  input: CalculateSpendInput,
): Promise<Result<Money, LitellmFailure>> {
  const response = input.completion_response;
  const answered: unknown = response?.['model'];
  const model = input.model ?? (typeof answered === 'string' ? answered : null);
  if (model === null) return badRequest('model', 'Name the model in "model" or in "completion_response".');
  const usage = await usageOf(services, input, model);
  if (!usage.ok) return usage;
  const query = await priceQueryOf(ctx, services, model);
  const rule = await services.pricing.priceFor(query);
  if (!rule) return notFound('model', `The model "${model}" has no price. Set one with setPrice.`);
  const tier: unknown = response?.['service_tier'];
  const { adjustments } = await services.pricing.adjustmentsFor(query);
  const servedServiceTier = typeof tier === 'string' ? tier : null;
  const context = { atMs: query.atMs, servedServiceTier, adjustments };
  const cost = costOf(usage.value, rule.sheet, context);
  if (cost.total !== null && cost.unpricedUnits.length === 0) return ok(cost.total);
  return badRequest('model', `The price of "${model}" has no rate for ${cost.unpricedUnits.join(', ')}.`);
}

export async function countTokens(
  services: Pick<LitellmServices, 'router' | 'tokenizer'>,
  input: CountTokensInput,
): Promise<Result<CountedTokens, LitellmFailure>> {
  const { upstreamModel } = await targetOf(services, input.model);
  if (input.prompt == null && input.messages == null) {
    return badRequest('messages', 'Give what to count in "messages" or "prompt".');
  }
  if (input.prompt != null && input.messages != null) {
    return badRequest('prompt', 'Give either "messages" or "prompt", not both.');
  }
  const plan =
    input.prompt == null
      ? tokenPlan('openai-chat', input, upstreamModel)
      : textPlan(input.prompt, upstreamModel);
  const counted = await services.tokenizer.countAll(plan.texts, plan.encoding);
  return ok({
    tokens: counted.tokens + plan.framing,
    upstreamModel,
    exact: counted.exact && !plan.approximate,
  });
}

/** The price that would hold for a call of the model by this caller now; null when it has none. */
export async function priceOf(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'router' | 'pricing'>,
  model: string,
): Promise<PriceRule | null> {
  return services.pricing.priceFor(await priceQueryOf(ctx, services, model));
}

export async function priceQueryOf(
  ctx: RequestContext,
  services: Pick<LitellmServices, 'router'>,
  model: string,
): Promise<PriceLookup> {
  const key = ctx.principal.kind === 'KEY' ? ctx.principal : null;
  return {
    ...(await targetOf(services, model)),
    model,
    atMs: ctx.clock.now(),
    keyId: key?.keyId ?? null,
    teamId: key?.teamId ?? null,
    organizationId: key?.organizationId ?? null,
  };
}

async function usageOf(
  services: Pick<LitellmServices, 'router' | 'tokenizer'>,
  input: CalculateSpendInput,
  model: string,
): Promise<Result<Usage, LitellmFailure>> {
  const { completion_response: response, messages, tools } = input;
  if (response == null && messages == null) {
    return badRequest('messages', 'Give "messages", or a "completion_response" with its usage.');
  }
  if (response == null) {
    const counted = await countTokens(services, { model, messages, tools });
    return counted.ok ? ok({ inputText: counted.value.tokens }) : counted;
  }
  const normalised = normaliseAnyUsage(response['usage']);
  if (normalised) return ok(normalised.usage);
  return badRequest('completion_response', 'The "completion_response" has no usage that can be read.');
}

/** Where a call of the model would go. A model that nothing serves is known by its name alone. */
async function targetOf(services: Pick<LitellmServices, 'router'>, model: string): Promise<Target> {
  const route = await routeOf(services, model);
  return route ?? { provider: null, upstreamModel: model, deploymentId: null };
}

/** Text alone, as an embedding or a legacy completion takes it. */
function textPlan(prompt: string | readonly string[], model: string): TokenPlan {
  const texts = typeof prompt === 'string' ? [prompt] : prompt;
  return { texts, framing: 0, ...encodingOfModel(model) };
}
