import { expiredCall, voidedCall } from '../../domain/ledger/call-end';
import { isContextTooLong, isRetryableStatus } from '../../domain/models/failure-kind';
import { parseRetryAfter } from '../../domain/models/retry-after';
import type { Result } from '../../domain/result';
import { isDatabaseAway } from '../../platform/database/sql-state';
import { AppError } from '../../platform/errors';
import { admit } from './admit';
import { authenticate } from './authenticate';
import type { ForwardedCall, ReceivedCall, ReservedCall } from './call';
import { charge, type Charge } from './charge';
import { nextAttempt, type FailedAttempt } from './failover';
import { forward, type ForwardFailure } from './forward';
import { measure, NO_ANSWER } from './measure';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';
import { relayBytes } from './relay-bytes';
import { relayJson, type JsonOutcome } from './relay-json';
import { relayStream } from './relay-stream';
import type { CallReply } from './reply';
import { KEY_CHANGED } from './reserve';
import { callHeaders, costHeaders, durationHeaders, upstreamHeaders } from './response-headers';
import { tellsAtItsEnd } from './tells-at-its-end';

/**
 * THE STORY of one call. Whose is it; what can it cost; hold that against every limit; send it; pass the answer on;
 * count it; book it. Each step takes what the step before it made, so that none can be left out or swapped.
 */
export async function runCall(ports: CallPorts, received: ReceivedCall, reply: CallReply): Promise<void> {
  try {
    let outcome = await begin(ports, received, reply);
    // The key changed after it was read: its models, prices and limits may be others, so everything is asked anew.
    if (outcome === KEY_CHANGED) outcome = await begin(ports, received, reply);
    if (outcome === KEY_CHANGED)
      throw new AppError('UNAVAILABLE', 'The key keeps changing. Try again shortly.');
    if (!outcome.ok) {
      refuse(received, reply, outcome.error);
      return;
    }
    await runReserved(ports, outcome.value, reply);
  } catch (error) {
    refuse(received, reply, unexpected(ports, received, error));
  }
}

/** Steps 1 to 3: everything that can refuse a call before a byte of it is sent. */
async function begin(
  ports: CallPorts,
  received: ReceivedCall,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedCall, Refusal> | typeof KEY_CHANGED> {
  const authenticated = await authenticate(ports, received);
  return authenticated.ok ? admit(ports, authenticated.value, client) : authenticated;
}

/** Attempts until one is answered, or nothing else may be tried. The client hears of one of them alone. */
async function runReserved(ports: CallPorts, first: ReservedCall, reply: CallReply): Promise<void> {
  let call = first;
  for (;;) {
    const failed = await attempt(ports, call, reply);
    if (failed === null) return;
    const next = await nextOrNone(ports, call, failed, reply);
    if (next === null) {
      failed.answer();
      return;
    }
    ports.log.info(
      { callId: call.callId, nextCallId: next.callId },
      'A failed attempt is followed by another.',
    );
    call = next;
  }
}

/** A failure while another attempt is prepared leaves the client with the failure that it knows of. */
async function nextOrNone(
  ports: CallPorts,
  call: ReservedCall,
  failed: FailedAttempt,
  reply: CallReply,
): Promise<ReservedCall | null> {
  try {
    return await nextAttempt(ports, call, failed, reply);
  } catch (error) {
    ports.log.warn({ err: error, callId: call.callId }, 'A failed attempt could not be followed by another.');
    return null;
  }
}

/**
 * From here on the call holds money: whatever happens, it is settled or voided, exactly once. Null when the client was
 * answered.
 */
async function attempt(
  ports: CallPorts,
  call: ReservedCall,
  reply: CallReply,
): Promise<FailedAttempt | null> {
  let isSent = false;
  try {
    // A stream is of no use to a client that has left. A whole answer, and a stream that tells at its end what it used, are
    // waited for.
    const endsWithClient = call.request.stream && !tellsAtItsEnd(call);
    const sentAtMs = ports.clock.now();
    const sent = await forward(ports, call, endsWithClient ? reply.left : null);
    isSent = sent.ok || sent.error.sent;
    if (!sent.ok) return await giveUp(ports, call, reply, sent.error);
    if (isEventStream(sent.value)) await answerStream(ports, sent.value, reply);
    else if (isBytes(sent.value)) await answerBytes(ports, sent.value, reply);
    else return await answerJson(ports, sent.value, reply, sentAtMs);
    return null;
  } catch (error) {
    const refused = unexpected(ports, call, error);
    // What was sent may be billed though its cost is not known here, so the hold is charged; what never left is free.
    void settle(ports, isSent ? expiredCall(call.callId) : voidedCall(call.callId, refused.message, 500));
    refuse(call, reply, refused);
    return null;
  }
}

async function answerStream(ports: CallPorts, call: ForwardedCall, reply: CallReply): Promise<void> {
  const headers = { ...upstreamHeaders(call), ...callHeaders(ports, call), 'cache-control': 'no-cache' };
  const ended = await relayStream(ports, call, reply, () => reply.start(call.upstream.status, headers));
  void settle(ports, ended.charge.end);
  await ended.finish();
}

/** A file, such as spoken text. Its cost goes before it where that is known, else behind it. */
async function answerBytes(ports: CallPorts, call: ForwardedCall, reply: CallReply): Promise<void> {
  const relayed = await relayBytes(ports, call, reply);
  void settle(ports, relayed.charge.end);
  relayed.finish();
}

async function answerJson(
  ports: CallPorts,
  call: ForwardedCall,
  reply: CallReply,
  sentAtMs: number,
): Promise<FailedAttempt | null> {
  const outcome = await relayJson(ports, call);
  const booked = settle(ports, outcome.charge.end);
  const answer = (): void => tell(ports, call, outcome, reply, sentAtMs);
  const { status, headers } = call.upstream;
  const isRetryable = isRetryableStatus(status);
  const isTooLong = isContextTooLong(status, outcome.body);
  if (!isRetryable && !isTooLong) {
    answer();
    return null;
  }
  const header = headers['retry-after'];
  const retryAfterMs = parseRetryAfter(Array.isArray(header) ? header[0] : header, ports.clock.now());
  if (isRetryable) noteFailure(ports, call, status === 429, retryAfterMs);
  return { isRetryable, isTooLong, retryAfterMs, isVoided: false, booked, answer };
}

function tell(
  ports: CallPorts,
  call: ForwardedCall,
  outcome: JsonOutcome,
  reply: CallReply,
  sentAtMs: number,
): void {
  if (outcome.refusal || outcome.body === null) {
    const noAnswer = refusal(502, 'upstream_error', 'The provider gave no answer.');
    refuse(call, reply, outcome.refusal ?? noAnswer);
    return;
  }
  const headers = upstreamHeaders(call);
  Object.assign(headers, callHeaders(ports, call), costHeaders(call, outcome.charge.cost));
  Object.assign(headers, durationHeaders(call, ports.clock.now(), outcome.readAtMs - sentAtMs));
  reply.send(outcome.status, headers, outcome.body);
}

/**
 * No answer came. A request of which not a byte left is voided. One that was given up here, mostly because its client left,
 * counts as what was sent, for the provider had it; one that the upstream let down counts as a call that used nothing.
 */
async function giveUp(
  ports: CallPorts,
  call: ReservedCall,
  reply: CallReply,
  failure: ForwardFailure,
): Promise<FailedAttempt | null> {
  const { status, message } = failure.refusal;
  const left = reply.left.aborted;
  let booked: Promise<void>;
  if (failure.sent) {
    const measured = await measure(ports, call, NO_ANSWER, !left && !failure.givenUp);
    const outcome = left
      ? {
          status: 'CANCELLED' as const,
          httpStatus: 499,
          error: 'the client closed the connection',
          firstByteMs: null,
        }
      : { status: 'FAILURE' as const, httpStatus: status, error: message, firstByteMs: null };
    booked = settle(ports, (await charge(ports, call, measured, outcome)).end);
  } else {
    booked = settle(ports, voidedCall(call.callId, message, status));
  }
  const answer = (): void => refuse(call, reply, failure.refusal);
  if (left || failure.givenUp) {
    answer();
    return null;
  }
  noteFailure(ports, call, false, null);
  return {
    isRetryable: true,
    isTooLong: false,
    retryAfterMs: null,
    isVoided: !failure.sent,
    booked,
    answer,
  };
}

function noteFailure(
  { router }: CallPorts,
  { route }: ReservedCall,
  isOverloaded: boolean,
  retryAfterMs: number | null,
): void {
  if (route.deploymentId !== null) router.noteFailure(route.deploymentId, { isOverloaded, retryAfterMs });
}

/** Step 6, second half, and 7: the ledger books the end and tells whoever watches. The answer does not wait for it. */
export async function settle(ports: CallPorts, end: Charge['end']): Promise<void> {
  try {
    await ports.ledger.settle(end);
  } catch (error) {
    ports.log.error(
      { err: error, callId: end.callId },
      'A call could not be settled; it is charged at its hold when its lease ends.',
    );
  }
}

export function refuse(
  call: Pick<ReceivedCall, 'callId' | 'format'>,
  reply: CallReply,
  refused: Refusal,
): void {
  const headers = {
    'content-type': 'application/json',
    'x-litellm-call-id': call.callId,
    ...call.format.errorHeaders?.(refused),
    ...refused.headers,
  };
  const status = call.format.refusalStatus?.(refused) ?? refused.status;
  reply.send(status, headers, JSON.stringify(call.format.errorBody(refused)));
}

export function unexpected(ports: CallPorts, call: Pick<ReceivedCall, 'callId'>, error: unknown): Refusal {
  if (error instanceof AppError && error.code === 'UNAVAILABLE') return unavailable(error.message);
  if (isDatabaseAway(error)) {
    ports.log.warn({ err: error, callId: call.callId }, 'A call was refused: the database does not answer.');
    return unavailable('The database cannot be reached, so no call is let through. Try again shortly.');
  }
  ports.log.error({ err: error, callId: call.callId }, 'A call failed unexpectedly.');
  return refusal(
    500,
    'internal_server_error',
    `Something went wrong on this server. Quote ${call.callId} when you report it.`,
  );
}

function unavailable(message: string): Refusal {
  return refusal(503, 'no_db_connection', message, { headers: { 'retry-after': '1' } });
}

function isEventStream(call: ForwardedCall): boolean {
  const type = call.upstream.headers['content-type'];
  return (
    call.request.stream &&
    call.upstream.status === 200 &&
    typeof type === 'string' &&
    call.format.isStream(type, call.request)
  );
}

function isBytes(call: ForwardedCall): boolean {
  return call.upstream.status === 200 && call.format.answersWith?.(call.operation) === 'BYTES';
}
