import type { Readable } from 'node:stream';
import { spoken } from '../../domain/metering/request-bound-audio';
import type { NormalisedUsage } from '../../domain/metering/normalised-usage';
import { asRecord, asText } from '../../domain/metering/json';
import { charge, type CallOutcome, type Charge } from './charge';
import type { ForwardedCall } from './call';
import { measure, NO_ANSWER } from './measure';
import type { CallPorts } from './ports';
import type { CallReply } from './reply';
import { callHeaders, costHeaders, upstreamHeaders } from './response-headers';

/** Raw samples, 24,000 a second of two bytes (https://platform.openai.com/docs/guides/text-to-speech). */
const PCM_BYTES_PER_MS = 48;
/** More sound than this is taken to last as long as the text suggests. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Relays a file piece by piece. What is sold by the characters of the request has its cost in a header; what is sold by
 * the length of the answer is measured when that has gone through, and its cost follows as a trailer.
 */
export async function relayBytes(
  ports: CallPorts,
  call: ForwardedCall,
  reply: CallReply,
): Promise<{ readonly charge: Charge; finish(): void }> {
  const before = isSoldByCharacters(call) ? await chargeFor(ports, call, null, success(call, null)) : null;
  reply.start(call.upstream.status, {
    ...upstreamHeaders(call),
    ...callHeaders(ports, call),
    ...(before === null ? { trailer: 'x-litellm-response-cost, x-spendgraph-pricing-status' } : {}),
    ...(before === null ? {} : costHeaders(call, before.cost)),
  });
  const passed = await passOn(ports, call, reply);
  const usage = before === null ? await measured(ports, call, passed) : null;
  const charged = await chargeFor(ports, call, usage, outcomeOf(call, reply, passed));
  const trailers = before === null ? costHeaders(call, charged.cost) : {};
  return {
    charge: charged,
    finish: () => {
      if (passed.isWhole) reply.end(trailers);
      // Whoever listens must not take a part for the whole.
      else reply.send(502, {}, '');
    },
  };
}

interface Passed {
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
  readonly isWhole: boolean;
  readonly firstByteMs: number | null;
}

async function passOn(ports: CallPorts, call: ForwardedCall, reply: CallReply): Promise<Passed> {
  const body: Readable = call.upstream.body;
  const pieces: Buffer[] = [];
  let bytes = 0;
  let firstByteMs: number | null = null;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      firstByteMs ??= Math.round(ports.clock.now() - call.receivedAtMs);
      bytes += piece.length;
      if (bytes <= MAX_KEPT_BYTES) pieces.push(piece);
      await reply.write(piece);
    }
    return { pieces, bytes, isWhole: true, firstByteMs };
  } catch {
    return { pieces, bytes, isWhole: false, firstByteMs };
  } finally {
    body.destroy();
  }
}

/** Prices by the characters of the request hold whatever the answer is. */
function isSoldByCharacters({ price }: ForwardedCall): boolean {
  return price?.sheet.rates.inputCharacters !== undefined;
}

/** How long the sound is that came; null when it does not tell, and is then estimated from the text. */
async function measured(
  ports: CallPorts,
  call: ForwardedCall,
  passed: Passed,
): Promise<NormalisedUsage | null> {
  if (passed.bytes === 0 || passed.bytes > MAX_KEPT_BYTES) return null;
  const type = call.upstream.headers['content-type'];
  const contentType = typeof type === 'string' ? type : '';
  const isPcm = asText(asRecord(call.json)?.['response_format']) === 'pcm';
  const durationMs = isPcm
    ? Math.ceil(passed.bytes / PCM_BYTES_PER_MS)
    : await ports.audioLength.durationMs(Buffer.concat(passed.pieces), contentType);
  if (durationMs === null) return null;
  return { usage: spoken(durationMs), raw: null, reconciles: true, issues: [], reportedCostUsd: null };
}

async function chargeFor(
  ports: CallPorts,
  call: ForwardedCall,
  usage: NormalisedUsage | null,
  outcome: CallOutcome,
): Promise<Charge> {
  const isEmpty = outcome.status === 'FAILURE' && outcome.firstByteMs === null;
  return charge(ports, call, await measure(ports, call, { ...NO_ANSWER, usage }, isEmpty), outcome);
}

function success({ upstream }: ForwardedCall, firstByteMs: number | null): CallOutcome {
  return { status: 'SUCCESS', httpStatus: upstream.status, error: null, firstByteMs };
}

function outcomeOf(call: ForwardedCall, reply: CallReply, { isWhole, firstByteMs }: Passed): CallOutcome {
  if (reply.left.aborted)
    return { status: 'CANCELLED', httpStatus: 499, error: 'the client closed the connection', firstByteMs };
  if (isWhole) return success(call, firstByteMs);
  const error = 'the upstream broke off its answer';
  return { status: 'FAILURE', httpStatus: call.upstream.status, error, firstByteMs };
}
