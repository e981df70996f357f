import type { Result } from '../../domain/result';
import type { Route } from '../../models/route';
import { UpstreamError, type UpstreamResponse } from '../../platform/http/upstream-client';
import { identify } from './authenticate';
import type { Caller, ReceivedCall } from './call';
import { unreachable } from './forward';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';
import type { CallReply } from './reply';
import { upstreamHeaders } from './response-headers';
import { refuse, unexpected } from './run-call';

/** A request that its provider does not bill: looking at what was billed before, or counting what might be. */
export interface UnmeteredCall extends Pick<ReceivedCall, 'callId' | 'format' | 'header'> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body: string | null;
  /** Where it goes, if the caller may go there. */
  route(caller: Caller): Promise<Result<Route, Refusal>>;
  url(route: Route): string;
}

/**
 * Passes a request on that costs nothing, so that nothing is held or booked for it. The key and the model that it is
 * routed by are checked as for every call, and the provider's credential stays here.
 */
export async function runUnmetered(ports: CallPorts, call: UnmeteredCall, reply: CallReply): Promise<void> {
  try {
    const caller = await identify(ports, call.header);
    const route = caller.ok ? await call.route(caller.value) : caller;
    if (!route.ok) {
      refuse(call, reply, route.error);
      return;
    }
    await passOn(ports, call, route.value, reply);
  } catch (error) {
    refuse(call, reply, unexpected(ports, call, error));
  }
}

async function passOn(ports: CallPorts, call: UnmeteredCall, route: Route, reply: CallReply): Promise<void> {
  const upstream = await send(ports, call, route, reply.left);
  if (upstream instanceof UpstreamError) {
    refuse(call, reply, unreachable(route.provider, upstream));
    return;
  }
  const { status, body } = upstream;
  // A redirect or a refused credential is this server's own affair.
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) {
    body.on('error', () => undefined).destroy();
    const message = `The provider ${route.provider} refused this server's credential or address (status ${status}). An administrator has to mend the deployment.`;
    refuse(call, reply, refusal(502, 'upstream_error', message, { code: 'upstream_refused' }));
    return;
  }
  reply.start(status, { ...upstreamHeaders({ upstream }), 'x-litellm-call-id': call.callId });
  for await (const piece of body as AsyncIterable<Buffer>) {
    if (reply.left.aborted) break;
    await reply.write(piece);
  }
  reply.end();
}

async function send(
  ports: CallPorts,
  call: UnmeteredCall,
  route: Route,
  signal: AbortSignal,
): Promise<UpstreamResponse | UpstreamError> {
  const { 'content-type': contentType, ...headers } = call.format.upstreamHeaders(
    route.apiKey ?? '',
    call.header,
  );
  try {
    return await ports.upstream.send({
      url: call.url(route),
      method: call.method,
      headers:
        call.body === null || contentType === undefined
          ? headers
          : { ...headers, 'content-type': contentType },
      body: call.body,
      signal,
      allowPrivate: route.source !== 'API' || ports.settings.allowPrivateUpstreams,
    });
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}
