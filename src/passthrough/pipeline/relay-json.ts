import type { Readable } from 'node:stream';
import { formatMoney } from '../../domain/money/decimal-text';
import { spliceTopLevel } from '../../domain/metering/splice-json';
import type { Delivered } from '../../domain/metering/stream-meter';
import { charge, type Charge } from './charge';
import { hidesAmounts, type ForwardedCall } from './call';
import { measure, NO_ANSWER } from './measure';
import { withoutOperatorDetails } from './operator-details';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';

/** What goes to the client, and what goes into the ledger. */
export interface JsonOutcome {
  readonly charge: Charge;
  readonly status: number;
  readonly body: string | null;
  /** Set when the upstream's answer cannot be passed on. */
  readonly refusal: Refusal | null;
  /** When the last byte of the answer was there. */
  readonly readAtMs: number;
}

/** As much of an answer that cannot be read as is counted; the rest is taken in proportion. */
const MAX_SAMPLE_BYTES = 65_536;
const MAX_SAMPLE_PIECES = 64;

/** Reads a whole answer and prices it. An answer with an error status goes on as it is and costs nothing. */
export async function relayJson(ports: CallPorts, call: ForwardedCall): Promise<JsonOutcome> {
  const read = await readWhole(call.upstream.body, ports.settings.maxResponseBytes);
  const readAtMs = ports.clock.now();
  const outcome = await readAnswer(ports, call, read, Math.round(readAtMs - call.receivedAtMs));
  return { ...outcome, readAtMs };
}

type ReadOutcome = Omit<JsonOutcome, 'readAtMs'>;

async function readAnswer(
  ports: CallPorts,
  call: ForwardedCall,
  read: WholeBody,
  firstByteMs: number,
): Promise<ReadOutcome> {
  const { status } = call.upstream;
  if (!read.isWhole) return broken(ports, call, read.fault, read.pieces);
  const text = Buffer.concat(read.pieces).toString('utf8');
  if (status >= 300 || status < 200) return failed(ports, call, status, text);
  const json = parse(text);
  const isText = call.format.answersWith?.(call.operation) === 'TEXT';
  if (json === undefined && !isText)
    return broken(ports, call, 'The upstream answered with something that is not JSON.', read.pieces);
  const { headers } = call.upstream;
  const reading = call.format.readResponse(call.operation, json, text, call.json, headers);
  const answer = { ...reading, usageIsFinal: true };
  const measured = await measure(ports, call, answer, false);
  const outcome = { status: 'SUCCESS' as const, httpStatus: status, error: null, firstByteMs };
  const charged = await charge(ports, call, measured, outcome);
  return { charge: charged, status, body: withCost(ports, call, text, charged), refusal: null };
}

/** The upstream refused or failed: its own error is the answer, except where it speaks of this server's credential. */
async function failed(
  ports: CallPorts,
  call: ForwardedCall,
  status: number,
  text: string,
): Promise<ReadOutcome> {
  const measured = await measure(ports, call, NO_ANSWER, true);
  const error = `The upstream answered ${status}.`;
  const charged = await charge(ports, call, measured, {
    status: 'FAILURE',
    httpStatus: status,
    error,
    firstByteMs: null,
  });
  const isBlamed = call.format.blamesCredential?.(text) === true;
  const isOurs = status === 401 || status === 403 || status < 400 || isBlamed;
  if (isOurs)
    ports.log.error(
      { callId: call.callId, status, provider: call.route.provider },
      "The upstream refused this server's request.",
    );
  const message = `The provider ${call.route.provider} refused this server's credential or address (status ${status}). An administrator has to mend the deployment.`;
  return {
    charge: charged,
    status,
    body: withoutOperatorDetails(text),
    refusal: isOurs ? refusal(502, 'upstream_error', message, { code: 'upstream_refused' }) : null,
  };
}

/**
 * The upstream may well bill what it began: what was sent and delivered is counted, and labelled as an estimate. It may
 * be anything, a gateway's page for instance, so it counts for no more output than the request allowed.
 */
async function broken(
  ports: CallPorts,
  call: ForwardedCall,
  error: string,
  pieces: readonly Buffer[],
): Promise<ReadOutcome> {
  const answer = { ...NO_ANSWER, delivered: deliveredBytes(pieces) };
  const measured = await measure(ports, call, answer, call.upstream.status !== 200);
  const { outputText = 0 } = measured.usage;
  const usage = { ...measured.usage, outputText: Math.min(outputText, call.bound.outputTokens) };
  const charged = await charge(ports, call, measured.source === 'NONE' ? measured : { ...measured, usage }, {
    status: 'FAILURE',
    httpStatus: 502,
    error,
    firstByteMs: null,
  });
  return {
    charge: charged,
    status: 502,
    body: null,
    refusal: refusal(502, 'upstream_error', error, { code: 'upstream_malformed' }),
  };
}

/** Bytes that make no sense as an answer, as text that was delivered. */
function deliveredBytes(pieces: readonly Buffer[]): Delivered {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const sampled = Buffer.concat(pieces.slice(0, MAX_SAMPLE_PIECES)).subarray(0, MAX_SAMPLE_BYTES);
  const sample = sampled.toString('utf8');
  const characters = bytes === 0 ? 0 : Math.ceil((sample.length * bytes) / sampled.length);
  return { deltas: bytes === 0 ? 0 : 1, characters, bytes, sample };
}

function withCost(ports: CallPorts, call: ForwardedCall, text: string, { cost }: Charge): string {
  const wanted =
    ports.settings.responseCostInBody || call.header('x-spendgraph-response-cost-in-body') === 'true';
  if (!wanted || cost.total === null || hidesAmounts(call) || !/^\s*\{/.test(text)) return text;
  return spliceTopLevel(text, { set: { response_cost: formatMoney(cost.total) } });
}

type WholeBody =
  | { readonly isWhole: true; readonly pieces: readonly Buffer[] }
  | { readonly isWhole: false; readonly pieces: readonly Buffer[]; readonly fault: string };

/** By events: an iterator of a stream costs every call more than reading its answer does. */
function readWhole(body: Readable, maxBytes: number): Promise<WholeBody> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const fail = (fault: string): void => {
      resolve({ isWhole: false, pieces, fault });
      body.destroy();
    };
    body.on('data', (piece: Buffer) => {
      bytes += piece.length;
      pieces.push(piece);
      if (bytes > maxBytes)
        fail(`The upstream's answer is larger than the ${maxBytes} bytes that are allowed.`);
    });
    body.on('end', () => resolve({ isWhole: true, pieces }));
    body.on('error', () => fail('The upstream broke off its answer.'));
    body.on('close', () => fail('The upstream broke off its answer.'));
    if (body.destroyed) fail('The upstream broke off its answer.');
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
