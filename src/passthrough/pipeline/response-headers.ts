import { formatMoney } from '../../domain/money/decimal-text';
import type { CostPart } from '../../domain/pricing/usage-measures';
import type { Cost } from '../../domain/pricing/cost';
import { hidesAmounts, type ForwardedCall, type ReservedCall } from './call';
import { limitHeaders } from './limit-headers';

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
export function callHeaders(call: ReservedCall): Record<string, string> {
  const { route, bound } = call;
  const headers: Record<string, string> = {
    'x-litellm-call-id': call.callId,
    'x-litellm-model-group': headerText(call.request.model),
    ...limitHeaders(call),
  };
  if (call.fallback !== null) {
    headers['x-litellm-attempted-fallbacks'] = String(call.fallback.attempts);
    headers['x-spendgraph-fallback-from'] = headerText(call.fallback.from);
  }
  if (call.failover !== undefined && call.failover.retries > 0)
    headers['x-litellm-attempted-retries'] = String(call.failover.retries);
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
