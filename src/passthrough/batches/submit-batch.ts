import { voidedCall, type CallEnd } from '../../domain/ledger/call-end';
import { asText } from '../../domain/metering/json';
import { storableText } from '../../domain/text/storable';
import type { Result } from '../../domain/result';
import { AppError } from '../../platform/errors';
import { identify } from '../pipeline/authenticate';
import type { ReservedCall } from '../pipeline/call';
import { DO_NOT_RETRY, refusal, type Refusal } from '../pipeline/refusal';
import type { CallReply } from '../pipeline/reply';
import { KEY_CHANGED, reserve } from '../pipeline/reserve';
import { callHeaders } from '../pipeline/response-headers';
import { refuse, settle, unexpected } from '../pipeline/run-call';
import { openAi } from '../providers/openai/openai';
import { PROXY_MEMBERS } from '../providers/openai/operation';
import { askProvider, type ProviderAnswer } from './ask-provider';
import type { BatchPorts } from './batch-ports';
import { endBatch, insertBatch, openBatch, type NewBatch } from './batch.repository';
import { withMark, withoutMark } from './call-mark';
import type { BatchFile } from './file.repository';
import { ownerOf } from './owned';
import { priceBatch, type BatchRequest } from './price-batch';
import { contentOf } from './seen-batch';

/** A batch that is looked for at the provider must not be one whose answer is still waited for. */
const MAX_WAIT_MS = 10 * 60_000;
const REQUEST_TIMEOUT = 408;
const PROXY_ONLY = [...PROXY_MEMBERS, 'custom_llm_provider', 'model'];

interface ReservedBatch {
  readonly call: ReservedCall;
  readonly file: BatchFile;
}

/**
 * The story of a batch's making: whose is it; what can it cost; hold that against every limit; write down that it is
 * about to be sent; send it. What it did is booked when it has ended, by whoever sees that first.
 */
export async function submitBatch(ports: BatchPorts, request: BatchRequest, reply: CallReply): Promise<void> {
  const told = { callId: request.callId, format: openAi };
  try {
    let outcome = await begin(ports, request, reply);
    if (outcome === KEY_CHANGED) outcome = await begin(ports, request, reply);
    if (outcome === KEY_CHANGED)
      throw new AppError('UNAVAILABLE', 'The key keeps changing. Try again shortly.');
    if (outcome.ok) await runReserved(ports, outcome.value, reply);
    else refuse(told, reply, outcome.error);
  } catch (error) {
    refuse(told, reply, unexpected(ports, told, error));
  }
}

async function begin(
  ports: BatchPorts,
  request: BatchRequest,
  client: Pick<CallReply, 'left'>,
): Promise<Result<ReservedBatch, Refusal> | typeof KEY_CHANGED> {
  const caller = await identify(ports, request.header);
  if (!caller.ok) return caller;
  const priced = await priceBatch(ports, request, caller.value);
  if (!priced.ok) return priced;
  const { call, file } = priced.value;
  const reserved = await reserve(ports, call, client);
  if (reserved === KEY_CHANGED) return reserved;
  if (!reserved.ok) return { ok: false, error: reserved.error.refusal };
  return { ok: true, value: { call: reserved.value, file } };
}

/** From here on the batch holds money until its end, whichever process sees that. */
async function runReserved(
  ports: BatchPorts,
  { call, file }: ReservedBatch,
  reply: CallReply,
): Promise<void> {
  const { callId } = call;
  try {
    // By then no answer is waited for any more, and a batch of which nothing is known is looked for at the provider.
    const lostAfterMs = ports.settings.callDeadlineMs;
    if (!(await insertBatch(ports.db, newBatch(call, file), lostAfterMs)))
      throw new AppError(
        'UNAVAILABLE',
        'The ledger cannot be reached, so no batch is let through. Try again shortly.',
      );
  } catch (error) {
    const refused = unexpected(ports, call, error);
    await settle(ports, voidedCall(callId, refused.message, refused.status));
    refuse(call, reply, refused);
    return;
  }
  const body = withMark(call.body, callId, PROXY_ONLY);
  const question = { method: 'POST', path: '/batches', body, maxWaitMs: MAX_WAIT_MS } as const;
  const asked = await askProvider(ports, call.route, question);
  if (asked.ok) await answer(ports, call, asked.value, reply);
  else if (asked.error.isSent) leaveOpen(ports, call, asked.error.refusal, reply);
  else {
    const { refusal: refused } = asked.error;
    await abandon(ports, voidedCall(callId, refused.message, refused.status));
    refuse(call, reply, refused);
  }
}

function newBatch(call: ReservedCall, file: BatchFile): NewBatch {
  const { baseModel, upstreamModel, deploymentId } = call.route;
  return {
    ...{ callId: call.callId, keyId: ownerOf(call.caller), deploymentId: deploymentId ?? '' },
    ...{ model: call.request.model, upstreamModel: baseModel ?? upstreamModel },
    ...{ inputFileId: file.id, bound: file.bound },
  };
}

async function answer(
  ports: BatchPorts,
  call: ReservedCall,
  { status, headers, text, json }: ProviderAnswer,
  reply: CallReply,
): Promise<void> {
  const { callId } = call;
  const told = { ...headers, ...callHeaders(ports, call) };
  // Of what failed inside the provider nobody knows whether a batch came of it.
  if (status >= 500 || status === REQUEST_TIMEOUT) {
    ports.ledger.release(callId);
    reply.send(status, { ...told, ...DO_NOT_RETRY }, text);
    return;
  }
  if (status >= 400) {
    const end = voidedCall(callId, storableText(text.slice(0, 2_000)), status);
    await abandon(ports, { ...end, outcome: 'SETTLED' });
    reply.send(status, told, text);
    return;
  }
  if (asText(json?.['id']) === null) {
    const message = 'The provider did not say under which id it keeps the batch.';
    leaveOpen(ports, call, refusal(502, 'upstream_error', message), reply);
    return;
  }
  const shown = withoutMark(text);
  try {
    await openBatch(ports.db, callId, contentOf(shown), ports.batchPollMs);
  } catch (error) {
    // The provider has it, and says so when it is looked for.
    ports.log.error(
      { err: error, callId },
      'A batch was made and could not be written down; it will be looked for.',
    );
  }
  ports.ledger.release(callId);
  reply.send(status, told, shown);
}

/** It may have been made. Its reservation stands until that is known. */
function leaveOpen(ports: BatchPorts, call: ReservedCall, refused: Refusal, reply: CallReply): void {
  ports.ledger.release(call.callId);
  const message = `${refused.message} Whether the batch was made is not known yet; GET /v1/batches lists it once it is found.`;
  // A client that tried again would have two.
  refuse(call, reply, { ...refused, message, headers: { ...refused.headers, ...DO_NOT_RETRY } });
}

/** It was not made. */
async function abandon(ports: BatchPorts, end: CallEnd): Promise<void> {
  await settle(ports, end);
  await endBatch(ports.db, end.callId);
}
