import { formatMoney } from '../../domain/money/decimal-text';
import type { SseEvent } from '../../domain/metering/sse';
import type { StreamMeter, StreamSummary } from '../../domain/metering/stream-meter';
import type { StreamParser } from '../providers/provider';
import { charge, type CallOutcome, type Charge } from './charge';
import { hidesAmounts, type ForwardedCall } from './call';
import { measure } from './measure';
import type { CallPorts } from './ports';
import { refusal } from './refusal';
import { tellsAtItsEnd } from './tells-at-its-end';
import type { CallReply } from './reply';
import { streamRoomOf, type StreamRoom } from './stream-room';

/**
 * Relays a stream event by event, its bytes unchanged but for the usage chunk that the client did not ask for. The event
 * that ends it is held until the cost is known, which goes before it as a comment. Returns what to book, and how to end
 * the client's stream then.
 */
export async function relayStream(
  ports: CallPorts,
  call: ForwardedCall,
  reply: CallReply,
  begin: () => void,
): Promise<{ readonly charge: Charge; finish(): Promise<void> }> {
  const meter = call.format.streamMeter(call.operation, {
    hideUsageChunk: !call.request.includeUsage,
    asked: call.json,
  });
  const relay = new StreamRelay(ports, call, reply, meter, begin);
  await relay.pump();
  const summary = meter.summary();
  const measured = await measure(ports, call, answerOf(summary), isEmptyFailure(summary, relay));
  const charged = await charge(ports, call, measured, outcomeOf(summary, relay, call));
  return { charge: charged, finish: () => relay.finish(charged, summary) };
}

/** Moves the bytes. What it decides about them comes from the meter; what it knows of their fate, the caller asks. */
class StreamRelay {
  firstByteMs: number | null = null;
  /** Why the upstream's stream broke off; null when it ended by itself. */
  cut: string | null = null;
  private readonly held: Buffer[] = [];
  private readonly parser: StreamParser;
  private readonly room: StreamRoom | null;
  private isFirst = true;

  constructor(
    private readonly ports: CallPorts,
    private readonly call: ForwardedCall,
    private readonly reply: CallReply,
    private readonly meter: StreamMeter,
    private readonly begin: () => void,
  ) {
    this.parser = call.format.streamParser(call.request);
    this.room = streamRoomOf(ports, call);
  }

  /** Why the stream was ended here: a limit has no more room. */
  endedBecause: string | null = null;

  get clientLeft(): boolean {
    return this.reply.left.aborted;
  }

  /**
   * A stream whose reasoning is not shown is read to its end although nobody listens any more: only its last words tell
   * what it used, and leaving early must not make it free.
   */
  private get readsToTheEnd(): boolean {
    return tellsAtItsEnd(this.call);
  }

  async pump(): Promise<void> {
    const { body } = this.call.upstream;
    this.begin();
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        this.firstByteMs ??= Math.round(this.ports.clock.now() - this.call.receivedAtMs);
        await this.pass(this.parser.push(piece));
        if ((this.clientLeft && !this.readsToTheEnd) || this.endedBecause !== null) break;
      }
      const rest = this.parser.end();
      if (rest) await this.pass([rest]);
    } catch (error) {
      this.cut = error instanceof Error ? error.name : 'unknown';
    } finally {
      body.destroy();
    }
  }

  /** Ends the client's stream: the cost as a comment, then what ends it by the format's rules, or an error. */
  async finish({ cost, end }: Charge, summary: StreamSummary): Promise<void> {
    if (this.clientLeft) return;
    const isTold = cost.total !== null && !hidesAmounts(this.call);
    const fields = {
      ...(isTold ? { 'x-litellm-response-cost': formatMoney(cost.total) } : {}),
      ...(this.endedBecause === null ? {} : { 'x-spendgraph-cut-off': this.endedBecause }),
    };
    const { format, request, callId } = this.call;
    const note = format.streamNote(request, { 'x-litellm-call-id': callId, ...fields });
    const isComplete = summary.terminated || summary.error !== null;
    const error = isComplete ? [] : [format.streamError(request, brokenOff(), this.isFirst)];
    const last = this.room !== null && this.endedBecause !== null ? [this.room.cut.end(end)] : error;
    const tail = [...(note === null ? [] : [note]), ...this.held, ...last];
    if (tail.length > 0) await this.reply.write(Buffer.concat(tail));
    this.reply.end();
  }

  private async pass(events: readonly SseEvent[]): Promise<void> {
    const forwarded: Buffer[] = [];
    for (const event of events) {
      if (this.room !== null && !(await this.room.admits(event))) {
        this.endedBecause = this.room.fullBecause ?? 'its bound';
        break;
      }
      const verdict = this.meter.accept(event);
      if (!verdict.forward) continue;
      this.isFirst = false;
      if (verdict.terminal || this.held.length > 0) this.held.push(event.raw);
      else forwarded.push(event.raw);
    }
    const [only] = forwarded;
    if (only) await this.reply.write(forwarded.length === 1 ? only : Buffer.concat(forwarded));
  }
}

function answerOf(summary: StreamSummary) {
  const { usage, usageIsFinal, delivered, model, serviceTier } = summary;
  return { usage, usageIsFinal, delivered, model, serviceTier };
}

/** A failure before anything was delivered used nothing; a client's leaving is no failure of the upstream. */
function isEmptyFailure(summary: StreamSummary, relay: StreamRelay): boolean {
  const failed = summary.error !== null || (relay.cut !== null && !relay.clientLeft);
  return failed && summary.delivered.characters === 0 && summary.deliveredMedia !== true;
}

function outcomeOf(summary: StreamSummary, relay: StreamRelay, call: ForwardedCall): CallOutcome {
  const { firstByteMs } = relay;
  const httpStatus = call.upstream.status;
  if (relay.clientLeft)
    return { status: 'CANCELLED', httpStatus: 499, error: 'the client closed the connection', firstByteMs };
  if (relay.endedBecause !== null)
    return {
      status: 'CANCELLED',
      httpStatus,
      error: `cut off, for nothing more could be held: ${relay.endedBecause}`,
      firstByteMs,
    };
  if (summary.error) return { status: 'FAILURE', httpStatus, error: summary.error.message, firstByteMs };
  if (!summary.terminated)
    return {
      status: 'FAILURE',
      httpStatus,
      error: `the upstream broke off its stream (${relay.cut ?? 'no end'})`,
      firstByteMs,
    };
  return { status: 'SUCCESS', httpStatus, error: null, firstByteMs };
}

function brokenOff() {
  return refusal(
    502,
    'upstream_error',
    'The provider broke off its stream; what came before this is all there is.',
    {
      code: 'upstream_cut',
    },
  );
}
