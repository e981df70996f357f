import { familyOfModel } from '../../domain/metering/model-family';
import { requestBound } from '../../domain/metering/request-bound';
import { serverToolBound } from '../../domain/metering/server-tool-bound';
import { unboundedAllowance } from '../../domain/metering/unbounded-allowance';
import type { Money } from '../../domain/money/money';
import type { PriceRule } from '../../domain/pricing/choose-price';
import type { PricingContext } from '../../domain/pricing/pricing-context';
import { upperBoundCost } from '../../domain/pricing/upper-bound';
import { err, ok, type Result } from '../../domain/result';
import { routeAllowed, type Route } from '../../models/route';
import { findModelFacts } from '../../pricing/catalogue';
import { allowedByAll } from '../../domain/models/model-pattern';
import type { AuthenticatedCall, CallBound, Caller, PricedCall } from './call';
import { findPrice, priceQuery } from './find-price';
import type { CallPorts } from './ports';
import { resolveRoute } from './resolve-route';
import { pricedTerms, unpricedTerm } from './priced-terms';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

/** Bound of one answer when nobody names one; limits with less room shrink it further. */
const FALLBACK_MAX_OUTPUT_TOKENS = 16_384;

/** Step 2: where the call goes, whether the caller may go there, what a unit costs there, and the most that the call can cost. */
export async function price(ports: CallPorts, call: AuthenticatedCall): Promise<Result<PricedCall, Refusal>> {
  const { model } = call.request;
  const route = await resolveRoute(ports.router, model, call.address, call.failover?.avoid);
  const denied = modelDenied(ports, call.caller, model, route);
  if (denied) return err(denied);
  if (!route) return err(unknownModel(model));
  if (!call.format.speaks(route.provider)) return err(wrongFormat(model, route));
  const rule = await findPrice(ports, call, route);
  const query = { ...priceQuery(call, route), model, atMs: ports.clock.now() };
  const { adjustments } = await ports.pricing.adjustmentsFor(query);
  if (!rule && (await ports.pricing.refusesUnpriced())) return err(unpricedModel(model));
  // A price that somebody set is meant for whatever the call asks; a list price is only for what it lists.
  const term = rule?.scope === 'CATALOGUE' ? unpricedTerm(call, rule.sheet) : null;
  if (term !== null && (await ports.pricing.refusesUnpriced())) return err(unpricedMember(model, term));
  const pricingContext: PricingContext = {
    atMs: ports.clock.now(),
    ...pricedTerms(call),
    requestedServiceTier: call.request.serviceTier,
    adjustments,
  };
  const bound = boundOf(ports, call, route, rule, pricingContext);
  return ok({ ...call, route, price: rule, pricingContext, bound });
}

/** The cost of the most that a call can use; nothing where it has no price and is let through all the same. */
export function holdFor(
  rule: PriceRule | null,
  context: PricingContext,
  { inputTokens, outputTokens, counts }: Pick<CallBound, 'inputTokens' | 'outputTokens' | 'counts'>,
): Money {
  if (!rule) return 0n;
  return upperBoundCost({ inputTokens, outputTokens, counts }, rule.sheet, context) ?? 0n;
}

/** Input tokens to hold for things of unknown size, at `perThing` each, in one request or in several. */
export function allowanceFor(
  route: Route,
  unbounded: readonly string[],
  perThing: number,
  requests = 1,
): number {
  if (unbounded.length === 0) return 0;
  const facts = findModelFacts(route.provider, route.baseModel ?? route.upstreamModel);
  const window = facts?.contextWindowTokens ?? null;
  return unboundedAllowance({ unbounded }, perThing, window === null ? null : window * requests);
}

/** The most that an answer may have whose request says nothing of it. */
export function boundOfSilence(ports: Pick<CallPorts, 'settings'>, caller: Caller): number {
  const ofKey = caller.kind === 'KEY' ? caller.key.maxOutputTokens : null;
  return ofKey ?? ports.settings.defaultMaxOutputTokens ?? FALLBACK_MAX_OUTPUT_TOKENS;
}

function boundOf(
  ports: CallPorts,
  call: AuthenticatedCall,
  route: Route,
  rule: PriceRule | null,
  context: PricingContext,
): CallBound {
  const { settings } = ports;
  const bodyBytes = Buffer.byteLength(call.body);
  const family = familyOfModel(route.upstreamModel);
  const format = call.format.boundFormat(call.operation);
  const raw = requestBound(format, call.json, bodyBytes, family, route.upstreamModel);
  const { unbounded } = raw;
  const unboundedInputTokens = allowanceFor(route, unbounded, settings.unboundedInputTokens);
  const inputTokens = call.assumedInputTokens ?? raw.inputTokens + unboundedInputTokens;
  const own = raw.outputTokens;
  const perAnswer = boundOfSilence(ports, call.caller);
  const outputTokens = own ?? perAnswer * Math.max(1, raw.outputs);
  const counts = serverToolBound(format, call.json, route.upstreamModel);
  const hold = holdFor(rule, context, { inputTokens, outputTokens, counts });
  const writtenOutputBound = own === null ? perAnswer : null;
  return { inputTokens, unbounded, unboundedInputTokens, outputTokens, counts, writtenOutputBound, hold };
}

/** Lists may know a model by its own name or with its provider in front. The master key does not spend unless told so. */
export function modelDenied(
  ports: CallPorts,
  caller: Caller,
  model: string,
  route: Route | null,
): Refusal | null {
  if (caller.kind === 'KEY') {
    const { key } = caller;
    const allowed = route
      ? routeAllowed(key.modelAllowLists, route)
      : allowedByAll(key.modelAllowLists, model);
    if (allowed) return null;
    const message = `The key ${key.display} may not use the model "${model}". GET /v1/models lists those it may.`;
    return refusal(403, 'key_model_access_denied', message, { param: 'model', headers: DO_NOT_RETRY });
  }
  if (ports.settings.masterMaySpend || route === null || route.source === 'DEMO') return null;
  const message =
    'The master key administers and does not spend. Make a virtual key (POST /key/generate) for this call, ' +
    'or set SPENDGRAPH_MASTER_KEY_MAY_SPEND=true.';
  return refusal(403, 'auth_error', message, { headers: DO_NOT_RETRY });
}

export function unknownModel(model: string): Refusal {
  const message =
    `No deployment serves the model "${model}". GET /v1/models lists what this key may use; ` +
    'an administrator adds models with createDeployment, in the configuration, or by a provider key such as OPENAI_API_KEY.';
  return refusal(404, 'invalid_request_error', message, {
    code: 'model_not_found',
    param: 'model',
    headers: DO_NOT_RETRY,
  });
}

function wrongFormat(model: string, route: Route): Refusal {
  const path = route.provider === 'bedrock' ? `/bedrock/model/${model}/converse` : '/v1/chat/completions';
  const message = `The model "${model}" is served by ${route.provider}, which does not speak this format. Call it at ${path}.`;
  return refusal(400, 'invalid_request_error', message, { param: 'model', headers: DO_NOT_RETRY });
}

export function unpricedModel(model: string): Refusal {
  const message =
    `The model "${model}" has no price, so its calls could not be counted against a budget. ` +
    'Set one with setPrice, or allow unpriced models with SPENDGRAPH_UNPRICED_MODELS=allow.';
  return refusal(400, 'invalid_request_error', message, {
    code: 'model_not_priced',
    param: 'model',
    headers: DO_NOT_RETRY,
  });
}

function unpricedMember(model: string, member: string): Refusal {
  const message =
    `The price of "${model}" does not say what this value of "${member}" costs, so the call could not be counted against ` +
    'a budget. Leave the member out, or set a price for the model with setPrice.';
  return refusal(400, 'invalid_request_error', message, {
    code: 'model_not_priced',
    param: member,
    headers: DO_NOT_RETRY,
  });
}
