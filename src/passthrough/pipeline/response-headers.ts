import { formatMoney } from '../../domain/money/decimal-text';
import type { CostPart } from '../../domain/pricing/usage-measures';
import type { Cost } from '../../domain/pricing/cost';
import { DEFAULT_RETRIES, type RoutingSettings } from '../../domain/models/routing-settings';
import { hidesAmounts, type ForwardedCall, type ReservedCall } from './call';
import { limitHeaders } from './limit-headers';
import type { CallPorts } from './ports';

/** Headers of the upstream that tell of its limits and its own request; they go on under `llm_provider-`. */
const PROVIDER_HEADERS =
  /^(x-request-id|request-id|x-ratelimit-.+|anthropic-ratelimit-.+|openai-processing-ms|openai-version|cf-ray)$/;

const COST_HEADERS: Readonly<Record<string, readonly CostPart[]>> = {
  'x-litellm-response-cost-input': ['input', 'cacheRead', 'cacheWrite'],
  'x-litellm-response-cost-output': ['output', 'reasoning'],
  'x-litellm-response-cost-cache-read': ['cacheRead'],
  'x-litellm-response-cost-cache-creation': ['cacheWrite'],
  'x-litellm-response-cost-reasoning': ['reasoning'],
  'x-litellm-response-cost-tool-usage': ['tools'],
};

/** What is known before the answer: whose call it is, where it went, and what its key has spent before it. */
export function callHeaders(
  { settings }: Pick<CallPorts, 'settings'>,
  call: ReservedCall,
): Record<string, string> {
  const { route, bound } = call;
  const headers: Record<string, string> = {
    'x-litellm-call-id': call.callId,
    'x-litellm-model-group': headerText(call.request.model),
    ...attemptHeaders(call, settings.routing),
    ...limitHeaders(call),
  };
  if (call.fallback !== null) headers['x-spendgraph-fallback-from'] = headerText(call.fallback.from);
  // Where models are served is the operator's affair, as in every other answer.
  if (call.caller.kind === 'MASTER') headers['x-litellm-model-api-base'] = plainAddress(route.apiBase);
  if (isClamped(call)) headers['x-spendgraph-max-tokens-clamped'] = String(bound.writtenOutputBound);
  if (route.deploymentId !== null) headers['x-litellm-model-id'] = route.deploymentId;
  if (call.keySpend === null) headers['x-spendgraph-journalled'] = 'true';
  else if (call.caller.kind === 'KEY' && !hidesAmounts(call))
    headers['x-litellm-key-spend'] = formatMoney(call.keySpend);
  if (bound.writtenOutputBound !== null && call.operation !== 'embeddings')
    headers['x-spendgraph-max-output-tokens'] = String(bound.writtenOutputBound);
  if (bound.sliceTokens !== undefined)
    headers['x-spendgraph-held-output-tokens'] = String(bound.outputTokens);
  return headers;
}

function attemptHeaders(
  { fallback, failover }: ReservedCall,
  routing: RoutingSettings,
): Record<string, string> {
  return {
    'x-litellm-attempted-retries': String(failover?.retries ?? 0),
    'x-litellm-max-retries': String(routing.numRetries ?? DEFAULT_RETRIES),
    'x-litellm-attempted-fallbacks': String(fallback?.attempts ?? 0),
    'x-litellm-max-fallbacks': String(routing.maxFallbacks),
  };
}

/** How long the call took, and how much of that was not the upstream's. */
export function durationHeaders(
  call: ForwardedCall,
  nowMs: number,
  upstreamMs: number,
): Record<string, string> {
  const durationMs = Math.round(nowMs - call.receivedAtMs);
  return {
    'x-litellm-response-duration-ms': String(durationMs),
    'x-litellm-overhead-duration-ms': String(Math.max(0, durationMs - Math.round(upstreamMs))),
  };
}

/** An address without what may be secret in it: its user, password and query. */
function plainAddress(address: string): string {
  if (!URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return headerText(`${origin}${pathname}`);
}

/** Whether a limit lowered the bound that the client itself had set. */
function isClamped({ bound, request }: ReservedCall): boolean {
  return bound.writtenOutputBound !== null && request.outputBound !== null;
}

/** The cost and its parts, and what the key has spent with it. An unpriced call has no cost header: it is not zero. */
export function costHeaders(call: ReservedCall, cost: Cost): Record<string, string> {
  if (cost.total === null || hidesAmounts(call)) return { 'x-spendgraph-pricing-status': cost.status };
  const headers: Record<string, string> = {
    'x-litellm-response-cost': formatMoney(cost.total),
    'x-spendgraph-pricing-status': cost.status,
  };
  if (call.caller.kind === 'KEY' && call.keySpend !== null)
    headers['x-litellm-key-spend'] = formatMoney(call.keySpend + cost.total);
  for (const [name, parts] of Object.entries(COST_HEADERS)) {
    const amount = parts.reduce((sum, part) => sum + (cost.breakdown[part] ?? 0n), 0n);
    if (amount !== 0n) headers[name] = formatMoney(amount);
  }
  const { discount = 0n, margin = 0n } = cost.breakdown;
  headers['x-litellm-response-cost-original'] = formatMoney(cost.total - discount - margin);
  if (discount !== 0n) headers['x-litellm-response-cost-discount-amount'] = formatMoney(-discount);
  if (margin !== 0n) headers['x-litellm-response-cost-margin-amount'] = formatMoney(margin);
  return headers;
}

export function upstreamHeaders(call: Pick<ForwardedCall, 'upstream'>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(call.upstream.headers)) {
    if (typeof value !== 'string') continue;
    if (PROVIDER_HEADERS.test(name)) headers[`llm_provider-${name}`] = value;
    else if (name === 'content-type' || name === 'retry-after') headers[name] = value;
  }
  return headers;
}

/** A client's own text as a header value: anything but visible ASCII is escaped. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed()));
}
