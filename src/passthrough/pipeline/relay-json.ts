import type { Readable } from 'node:stream';
import { formatMoney } from '../../domain/money/decimal-text';
import { spliceTopLevel } from '../../domain/metering/splice-json';
import { charge, type Charge } from './charge';
import type { ForwardedCall } from './call';
import { measure, NO_ANSWER, type Answer } from './measure';
import type { CallPorts } from './ports';
import { refusal, type Refusal } from './refusal';

/** What goes to the client, and what goes into the ledger. */
export interface JsonOutcome {
  readonly charge: Charge;
  readonly status: number;
  readonly body: string | null;
  /** Set when the upstream's answer cannot be passed on. */
  readonly refusal: Refusal | null;
}

/** Reads a whole answer and prices it. An answer with an error status goes on as it is and costs nothing. */
export async function relayJson(ports: CallPorts, call: ForwardedCall): Promise<JsonOutcome> {
  const { status } = call.upstream;
  const text = await readWhole(call.upstream.body, ports.settings.maxResponseBytes);
  const firstByteMs = Math.round(ports.clock.now() - call.receivedAtMs);
  if (text === null) return broken(ports, call, 'The upstream broke off its answer.', NO_ANSWER);
  if (status >= 300 || status < 200) return failed(ports, call, status, text);
  const json = parse(text);
  if (json === undefined) {
    const delivered = {
      deltas: 1,
      characters: text.length,
      bytes: Buffer.byteLength(text),
      sample: text.slice(0, 65_536),
    };
    return broken(ports, call, 'The upstream answered with something that is not JSON.', {
      ...NO_ANSWER,
      delivered,
    });
  }
  const answer = call.format.readResponse(json, text);
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
): Promise<JsonOutcome> {
  const measured = await measure(ports, call, NO_ANSWER, true);
  const error = `The upstream answered ${status}.`;
  const charged = await charge(ports, call, measured, {
    status: 'FAILURE',
    httpStatus: status,
    error,
    firstByteMs: null,
  });
  const isOurs = status === 401 || status === 403 || status < 400;
  if (isOurs)
    ports.log.error(
      { callId: call.callId, status, provider: call.route.provider },
      "The upstream refused this server's request.",
    );
  const message = `The provider ${call.route.provider} refused this server's credential or address (status ${status}). An administrator has to mend the deployment.`;
  return {
    charge: charged,
    status,
    body: text,
    refusal: isOurs ? refusal(502, 'upstream_error', message, { code: 'upstream_refused' }) : null,
  };
}

/** The upstream may well bill what it began: what was sent and delivered is counted, and labelled as an estimate. */
async function broken(
  ports: CallPorts,
  call: ForwardedCall,
  error: string,
  answer: Answer,
): Promise<JsonOutcome> {
  const measured = await measure(ports, call, answer, call.upstream.status !== 200);
  const charged = await charge(ports, call, measured, {
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

function withCost(ports: CallPorts, call: ForwardedCall, text: string, { cost }: Charge): string {
  const wanted =
    ports.settings.responseCostInBody || call.header('x-spendgraph-response-cost-in-body') === 'true';
  if (!wanted || cost.total === null) return text;
  return spliceTopLevel(text, { set: { response_cost: formatMoney(cost.total) } });
}

/** Null when the stream breaks off or is larger than allowed. */
async function readWhole(body: Readable, maxBytes: number): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > maxBytes) {
        body.destroy();
        return null;
      }
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
