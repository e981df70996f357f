import type { Result } from '../../domain/result';
import type { Route } from '../../models/route';
import { UpstreamError, type UpstreamResponse } from '../../platform/http/upstream-client';
import { identify } from './authenticate';
import type { Caller, ReceivedCall } from './call';
import { unreachable } from './forward';
import { withoutOperatorDetails } from './operator-details';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';
import type { CallReply } from './reply';
import { upstreamHeaders } from './response-headers';
import { refuse, unexpected } from './run-call';
import { textOf } from './text-of';

/** A request that its provider does not bill: looking at what was billed before, or counting what might be. */
export interface UnmeteredCall extends Pick<ReceivedCall, 'callId' | 'format' | 'header'> {
  /** What is to be done, if the caller may have it done. */
  plan(caller: Caller): Promise<Result<UnmeteredStep, Refusal>>;
}

export type UnmeteredStep = PassOn | AnswerHere | Relay;

/** Where a request goes, as it is sent there. */
export interface PassOn {
  readonly kind: 'PASS_ON';
  readonly route: Route;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body: string | null;
}

/** What this server knows by itself. */
export interface AnswerHere {
  readonly kind: 'ANSWER';
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}

/** An upstream's answer that was read here. */
export interface Relay {
  readonly kind: 'RELAY';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Passes a request on that costs nothing, so that nothing is held or booked for it. The key and the model that it is
 * routed by are checked as for every call, and the provider's credential stays here.
 */
export async function runUnmetered(ports: CallPorts, call: UnmeteredCall, reply: CallReply): Promise<void> {
  try {
    const caller = await identify(ports, call.header);
    const plan = caller.ok ? await call.plan(caller.value) : caller;
    if (!plan.ok) refuse(call, reply, plan.error);
    else if (plan.value.kind === 'PASS_ON') await passOn(ports, call, plan.value, reply);
    else if (plan.value.kind === 'RELAY') relay(call, plan.value, reply);
    else answer(call, plan.value, reply);
  } catch (error) {
    refuse(call, reply, unexpected(ports, call, error));
  }
}

function answer(call: UnmeteredCall, { headers, json }: AnswerHere, reply: CallReply): void {
  const own = { 'content-type': 'application/json', 'x-litellm-call-id': call.callId };
  reply.send(200, { ...own, ...headers }, JSON.stringify(json));
}

function relay(call: UnmeteredCall, { status, headers, text }: Relay, reply: CallReply): void {
  reply.send(status, { 'x-litellm-call-id': call.callId, ...headers }, text);
}

async function passOn(ports: CallPorts, call: UnmeteredCall, step: PassOn, reply: CallReply): Promise<void> {
  const { route } = step;
  const upstream = await send(ports, call, step, reply.left);
  if (upstream instanceof UpstreamError) {
    refuse(call, reply, unreachable(route.provider, upstream));
    return;
  }
  const { status, body } = upstream;
  if (blamesServer(status)) {
    body.on('error', () => undefined).destroy();
    refuse(call, reply, serverBlamed(route.provider, status));
    return;
  }
  const headers = { ...upstreamHeaders({ upstream }), 'x-litellm-call-id': call.callId };
  if (status >= 400) {
    reply.send(status, headers, withoutOperatorDetails(await textOf(body)));
    return;
  }
  reply.start(status, headers);
  for await (const piece of body as AsyncIterable<Buffer>) {
    if (reply.left.aborted) break;
    await reply.write(piece);
  }
  reply.end();
}

async function send(
  ports: CallPorts,
  call: UnmeteredCall,
  { route, url, method, body }: PassOn,
  signal: AbortSignal,
): Promise<UpstreamResponse | UpstreamError> {
  const outgoing = { upstream: route, method, url, body, atMs: ports.clock.now() };
  const { 'content-type': contentType, ...headers } = call.format.upstreamHeaders(outgoing, call.header);
  try {
    return await ports.upstream.send({
      url,
      method,
      headers:
        body === null || contentType === undefined ? headers : { ...headers, 'content-type': contentType },
      body,
      signal,
      allowPrivate: route.source !== 'API' || ports.settings.allowPrivateUpstreams,
    });
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

/** Whether the status says that a redirect or a refused credential is in the way, which is this server's own affair. */
export function blamesServer(status: number): boolean {
  return status === 401 || status === 403 || (status >= 300 && status < 400);
}

export function serverBlamed(provider: string, status: number): Refusal {
  const message = `The provider ${provider} refused this server's credential or address (status ${status}). An administrator has to mend the deployment.`;
  return refusal(502, 'upstream_error', message, { code: 'upstream_refused' });
}
