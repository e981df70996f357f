import { expiredCall, voidedCall } from '../../domain/ledger/call-end';
import type { Result } from '../../domain/result';
import { AppError } from '../../platform/errors';
import { UpstreamError, type UpstreamResponse } from '../../platform/http/upstream-client';
import { openAi } from '../providers/openai/openai';
import { identify } from './authenticate';
import type { ForwardedCall, ReservedCall } from './call';
import { charge, type CallOutcome, type Charge } from './charge';
import { priceEndpoint, type EndpointRequest } from './endpoint-call';
import { unreachable } from './forward';
import { withoutOperatorDetails } from './operator-details';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';
import type { CallReply } from './reply';
import { KEY_CHANGED, reserve } from './reserve';
import { callHeaders, costHeaders, upstreamHeaders } from './response-headers';
import { refuse, settle, unexpected } from './run-call';
import { endpointHeaders } from './endpoint-headers';
import { textOf } from './text-of';

/**
 * The story of a call of a pass-through endpoint: the same steps as every call's, with nothing to read or count. Whose is
 * it; what does a request cost; hold that against every limit; send it; pass the answer on; book it.
 */
export async function runEndpoint(
  ports: CallPorts,
  request: EndpointRequest,
  reply: CallReply,
): Promise<void> {
  const { callId } = request;
  const told = { callId, format: openAi };
  try {
    let outcome = await begin(ports, request, reply);
    if (outcome === KEY_CHANGED) outcome = await begin(ports, request, reply);
    if (outcome === KEY_CHANGED)
      throw new AppError('UNAVAILABLE', 'The key keeps changing. Try again shortly.');
    if (outcome.ok) await runReserved(ports, request, outcome.value, reply);
    else refuse(told, reply, outcome.error);
  } catch (error) {
    refuse(told, reply, unexpected(ports, told, error));
  }
}

async function begin(
  ports: CallPorts,
  request: EndpointRequest,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedCall, Refusal> | typeof KEY_CHANGED> {
  const caller = await identify(ports, request.header);
  if (!caller.ok) return caller;
  const priced = await priceEndpoint(ports, request, caller.value);
  if (!priced.ok) return priced;
  const reserved = await reserve(ports, priced.value, client);
  if (reserved === KEY_CHANGED || reserved.ok) return reserved;
  return { ok: false, error: reserved.error.refusal };
}

/** From here on the call holds money: whatever happens, it is settled or voided, exactly once. */
async function runReserved(
  ports: CallPorts,
  request: EndpointRequest,
  call: ReservedCall,
  reply: CallReply,
): Promise<void> {
  let isSent = false;
  try {
    const upstream = await send(ports, request, call, reply.left);
    isSent = !(upstream instanceof UpstreamError) || upstream.sent;
    const ended =
      upstream instanceof UpstreamError
        ? await giveUp(ports, call, reply, upstream)
        : await answer(ports, { ...call, upstream }, reply);
    void settle(ports, ended.end);
    ended.finish();
  } catch (error) {
    const refused = unexpected(ports, call, error);
    void settle(ports, isSent ? expiredCall(call.callId) : voidedCall(call.callId, refused.message, 500));
    refuse(call, reply, refused);
  }
}

async function send(
  ports: CallPorts,
  { endpoint, method, url, bytes, header, headerNames }: EndpointRequest,
  call: ReservedCall,
  signal: AbortSignal,
): Promise<UpstreamResponse | UpstreamError> {
  const headers = endpointHeaders(endpoint, header, headerNames, bytes !== null);
  const headersTimeoutMs = call.route.timeoutMs ?? ports.settings.routing.timeoutMs;
  try {
    // The operator configured it, so it may be in the operator's network.
    return await ports.upstream.send({
      url,
      method,
      headers,
      body: bytes,
      signal,
      headersTimeoutMs,
      allowPrivate: true,
    });
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

interface Ended {
  readonly end: Charge['end'];
  /** What the client is told last, when the call is on its way to be booked. */
  finish(): void;
}

/** Nothing came back. What a client did not wait for was made all the same; what the upstream let down was not. */
async function giveUp(
  ports: CallPorts,
  call: ReservedCall,
  reply: CallReply,
  failure: UpstreamError,
): Promise<Ended> {
  const refused = unreachable(call.endpoint, failure);
  const finish = (): void => {
    refuse(call, reply, refused);
  };
  if (!failure.sent) return { end: voidedCall(call.callId, refused.message, refused.status), finish };
  const { left } = reply;
  const outcome = left.aborted ? cancelled(null) : failed(refused.status, refused.message, null);
  return { end: (await chargeFor(ports, call, left.aborted || failure.givenUp, outcome)).end, finish };
}

/** An answer that says that the request failed costs nothing; every other costs its price. */
async function answer(ports: CallPorts, call: ForwardedCall, reply: CallReply): Promise<Ended> {
  const { status, body } = call.upstream;
  // A redirect or a refused credential is this server's own affair.
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) {
    body.on('error', () => undefined).destroy();
    const message = `What stands behind ${call.endpoint} refused this server's credential or address (status ${status}). An administrator has to mend the endpoint.`;
    const refused = refusal(502, 'upstream_error', message, { code: 'upstream_refused' });
    const { end } = await chargeFor(ports, call, false, failed(status, message, null));
    return {
      end,
      finish: () => {
        refuse(call, reply, refused);
      },
    };
  }
  if (status < 400) return passOn(ports, call, reply);
  const text = withoutOperatorDetails(await textOf(body));
  const { end, cost } = await chargeFor(ports, call, false, failed(status, text, null));
  const headers = { ...upstreamHeaders(call), ...callHeaders(ports, call), ...costHeaders(call, cost) };
  return {
    end,
    finish: () => {
      reply.send(status, headers, text);
    },
  };
}

/** Piece by piece, whatever it is. Its cost goes before it: it is known. */
async function passOn(ports: CallPorts, call: ForwardedCall, reply: CallReply): Promise<Ended> {
  const { status, body } = call.upstream;
  const success = { status: 'SUCCESS', httpStatus: status, error: null, firstByteMs: null } as const;
  const { cost } = await chargeFor(ports, call, true, success);
  reply.start(status, { ...upstreamHeaders(call), ...callHeaders(ports, call), ...costHeaders(call, cost) });
  let firstByteMs: number | null = null;
  let isWhole = true;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      firstByteMs ??= Math.round(ports.clock.now() - call.receivedAtMs);
      if (reply.left.aborted) break;
      await reply.write(piece);
    }
  } catch {
    isWhole = false;
  } finally {
    body.destroy();
  }
  const outcome = reply.left.aborted
    ? cancelled(firstByteMs)
    : isWhole
      ? { ...success, firstByteMs }
      : failed(status, 'the upstream broke off its answer', firstByteMs);
  const { end } = await chargeFor(ports, call, true, outcome);
  // Whoever listens must not take a part for the whole.
  return {
    end,
    finish: () => {
      if (isWhole) reply.end();
      else reply.send(502, {}, '');
    },
  };
}

function cancelled(firstByteMs: number | null): CallOutcome {
  return { status: 'CANCELLED', httpStatus: 499, error: 'the client closed the connection', firstByteMs };
}

function failed(httpStatus: number, error: string, firstByteMs: number | null): CallOutcome {
  return { status: 'FAILURE', httpStatus, error, firstByteMs };
}

function chargeFor(
  ports: CallPorts,
  call: ReservedCall,
  isMade: boolean,
  outcome: CallOutcome,
): Promise<Charge> {
  const source = isMade ? ('PROVIDER' as const) : ('NONE' as const);
  const measured = { usage: {}, source, raw: null, model: null, serviceTier: null, reportedCostUsd: null };
  return charge(ports, call, measured, outcome);
}
