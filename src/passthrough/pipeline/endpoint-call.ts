import type { PricingContext } from '../../domain/pricing/pricing-context';
import { err, ok, type Result } from '../../domain/result';
import type { Route } from '../../models/route';
import type { EndpointMethod, PassThroughEndpoint } from '../../platform/config';
import { ENDPOINT_PROVIDER } from '../../pricing/endpoint-provider';
import { openAi } from '../providers/openai/openai';
import { PLAIN_ADDRESS } from '../providers/provider';
import type { AuthenticatedCall, Caller, PricedCall, ReceivedCall } from './call';
import { priceQuery } from './find-price';
import type { CallPorts } from './ports';
import { holdFor, modelDenied } from './price';
import { DO_NOT_RETRY, refusal, type Refusal } from './refusal';

/** A request of an endpoint as it came in. */
export interface EndpointRequest extends Pick<ReceivedCall, 'callId' | 'receivedAtMs' | 'header'> {
  readonly endpoint: PassThroughEndpoint;
  readonly method: EndpointMethod;
  /** Where it goes on, with its query. */
  readonly url: string;
  /** All that it has, in lower case. */
  readonly headerNames: readonly string[];
  readonly bytes: Buffer | null;
}

/** Nothing is read of a request that is sold by the piece: its one request is all that it can use. */
const NO_TOKENS = {
  inputTokens: 0,
  unbounded: [],
  unboundedInputTokens: 0,
  outputTokens: 0,
  counts: {},
} as const;

/** What the request costs, if the caller may make it. An endpoint counts as a model of the name of its path. */
export async function priceEndpoint(
  ports: CallPorts,
  request: EndpointRequest,
  caller: Caller,
): Promise<Result<PricedCall, Refusal>> {
  const call = asCall(request, caller);
  const route = routeOf(request.endpoint);
  const denied = modelDenied(ports, caller, route.upstreamModel, route);
  if (denied) return err(denied);
  const query = { ...priceQuery(call, route), model: route.upstreamModel, atMs: ports.clock.now() };
  const price = await ports.pricing.priceFor(query);
  if (!price && (await ports.pricing.refusesUnpriced())) return err(unpriced(request.endpoint));
  const { adjustments } = await ports.pricing.adjustmentsFor(query);
  const pricingContext: PricingContext = { atMs: query.atMs, adjustments };
  const hold = holdFor(price, pricingContext, NO_TOKENS);
  const bound = { ...NO_TOKENS, writtenOutputBound: null, hold };
  return ok({ ...call, route, price, pricingContext, bound });
}

function asCall(request: EndpointRequest, caller: Caller): AuthenticatedCall {
  const { endpoint, method, url, bytes, callId, receivedAtMs, header } = request;
  const contentType = header('content-type') ?? '';
  return {
    ...{
      callId,
      receivedAtMs,
      header,
      caller,
      format: openAi,
      operation: 'endpoint',
      endpoint: endpoint.path,
    },
    ...{ address: PLAIN_ADDRESS, upload: null, json: null, fallback: null, assumedInputTokens: 0 },
    // A repetition under the same Idempotency-Key is known by all of what was sent.
    body: `${method} ${url}`,
    form: bytes === null ? null : [{ kind: 'FILE', name: 'body', fileName: '', contentType, bytes }],
    request: {
      ...{
        operation: 'endpoint',
        model: endpoint.path,
        stream: false,
        includeUsage: true,
        outputBound: null,
      },
      ...{ answers: 1, endUser: null, tags: [], metadata: {}, serviceTier: null },
    },
  };
}

function routeOf({ path, target, timeoutMs }: PassThroughEndpoint): Route {
  return {
    ...{
      deploymentId: null,
      provider: ENDPOINT_PROVIDER,
      upstreamModel: path,
      publicModel: path,
      baseModel: null,
    },
    ...{ apiBase: target, apiKey: null, parameters: {}, timeoutMs, streamTimeoutMs: null, source: 'CONFIG' },
    names: [path, `${ENDPOINT_PROVIDER}/${path.slice(1)}`],
  };
}

function unpriced({ path }: PassThroughEndpoint): Refusal {
  const message =
    `The endpoint "${path}" has no price, so its calls could not be counted against a budget. Give it a cost_per_request ` +
    `in the configuration, or a price by setPrice for the model "${path}" of the provider "${ENDPOINT_PROVIDER}".`;
  return refusal(400, 'invalid_request_error', message, { code: 'model_not_priced', headers: DO_NOT_RETRY });
}
