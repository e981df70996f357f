import { err, ok, type Result } from '../../domain/result';
import { writeForm } from '../../platform/http/form';
import { UpstreamError } from '../../platform/http/upstream-client';
import type { ForwardedCall, ReservedCall } from './call';
import { outputBoundEdits } from './output-bound-member';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';

/**
 * What went wrong on the way to the upstream. `sent` is false only when not a byte of the request left; `givenUp` is true
 * when it was this server that did not wait for the answer.
 */
export interface ForwardFailure {
  readonly refusal: Refusal;
  readonly sent: boolean;
  readonly givenUp: boolean;
}

/** Providers that refuse `stream_options`, so that usage must not be asked for. */
const NO_STREAM_OPTIONS = new Set(['mistral', 'cohere']);

/** Step 4: sends the request, its body unchanged but for the edits that the bound, the price and the count need. */
export async function forward(
  ports: CallPorts,
  call: ReservedCall,
  signal: AbortSignal | null,
): Promise<Result<ForwardedCall, ForwardFailure>> {
  const { format, request, route } = call;
  const { body, contentType } = prepared(call);
  try {
    const url = format.target(route, request);
    const text = typeof body === 'string' ? body : null;
    const outgoing = { upstream: route, method: 'POST', url, body: text, atMs: ports.clock.now() } as const;
    const headers = format.upstreamHeaders(outgoing, call.header);
    const upstream = await ports.upstream.send({
      url,
      method: 'POST',
      headers: contentType === null ? headers : { ...headers, 'content-type': contentType },
      body,
      signal,
      headersTimeoutMs: headersTimeoutMs(ports, call),
      // What the operator configured may be in the operator's network; what came through the API may not.
      allowPrivate: route.source !== 'API' || ports.settings.allowPrivateUpstreams,
    });
    return ok({ ...call, upstream });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    ports.log.warn(
      { callId: call.callId, provider: route.provider, code: error.message },
      'The upstream did not answer.',
    );
    const { sent, givenUp } = error;
    return err({ refusal: unreachable(route.provider, error), sent, givenUp });
  }
}

/** The body as it leaves. A form is written anew from the parts that were counted, its files byte by byte. */
function prepared(call: ReservedCall): { body: string | Buffer; contentType: string | null } {
  const { format, request, route, bound, form } = call;
  const edits = {
    model: route.upstreamModel,
    askForUsage: !NO_STREAM_OPTIONS.has(route.provider),
    ...outputBoundEdits(route),
    ...(bound.writtenOutputBound === null || call.operation === 'embeddings'
      ? {}
      : { outputBound: bound.writtenOutputBound }),
  };
  if (form === null || format.prepareForm === undefined)
    return { body: format.prepareRequest(request, call.body, edits), contentType: null };
  return writeForm(format.prepareForm(request, form, edits));
}

/** How long the answer's first byte may take; null for as long as the server waits for every provider. */
function headersTimeoutMs(ports: CallPorts, { route, request }: ReservedCall): number | null {
  const { routing } = ports.settings;
  const ofStreams = request.stream ? route.streamTimeoutMs : null;
  const ofDeployment = ofStreams ?? route.timeoutMs;
  return ofDeployment ?? (request.stream ? routing.streamTimeoutMs : null) ?? routing.timeoutMs;
}

export function unreachable(provider: string, error: UpstreamError): Refusal {
  const what = error.sent ? 'did not answer' : 'cannot be reached';
  const status = error.timedOut ? 504 : 502;
  return refusal(status, 'upstream_error', `The provider ${provider} ${what} (${error.message}).`, {
    code: error.timedOut ? 'upstream_timeout' : 'upstream_unreachable',
  });
}
