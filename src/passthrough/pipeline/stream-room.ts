import { encodingOfModel } from '../../domain/metering/encoding-of-model';
import { AppError } from '../../platform/errors';
import type { SseEvent } from '../../domain/metering/sse';
import type { StreamCut } from '../providers/stream-cut';
import type { ReservedCall } from './call';
import type { CallPorts } from './ports';
import { holdFor } from './price';

/** Less is not worth the question. */
const SMALLEST_SLICE_TOKENS = 64;

/**
 * The room of a stream that holds its output slice by slice: before the client is given more than is held, more is asked
 * for. Where a limit has no more, the stream is to be cut.
 */
export class StreamRoom {
  private heldTokens: number;
  /** Why there is no more room; null while there is. */
  fullBecause: string | null = null;

  constructor(
    private readonly ports: CallPorts,
    private readonly call: ReservedCall,
    private readonly sliceTokens: number,
    readonly cut: StreamCut,
  ) {
    this.heldTokens = call.bound.outputTokens;
  }

  /** Takes note of an event for the client. False when it must not be given, because nothing more is held. */
  async admits(event: SseEvent): Promise<boolean> {
    const { text } = this.cut;
    this.cut.see(event);
    // Half a slice ahead, for what the count may be too low by and the provider has on its way.
    const ahead = this.fullBecause === null ? this.sliceTokens / 2 : 0;
    if (text.tokens + ahead <= this.heldTokens) return true;
    await text.count((each) => this.countTokens(each));
    if (text.tokens + ahead > this.heldTokens) await this.extend();
    return text.tokens <= this.heldTokens;
  }

  private async countTokens(text: string): Promise<number> {
    const { encoding } = encodingOfModel(this.call.route.upstreamModel);
    return (await this.ports.tokenizer.count(text, encoding)).tokens;
  }

  /** Asks for a slice; where that does not fit, for less and less, so that what is left of a limit can be used. */
  private async extend(): Promise<void> {
    for (let slice = this.sliceTokens; this.fullBecause === null; slice /= 2) {
      const most = this.call.bound.writtenOutputBound ?? this.heldTokens;
      const wanted = Math.min(most, Math.max(this.heldTokens, this.cut.text.tokens) + slice);
      // The bound in the request is held whole: the provider ends by itself.
      if (wanted <= this.heldTokens) return;
      const refusal = await this.ask(wanted);
      if (refusal === null) return;
      if (slice <= SMALLEST_SLICE_TOKENS) this.fullBecause = refusal;
    }
  }

  /** Null when the tokens are held now, else why they are not. */
  private async ask(holdOutputTokens: number): Promise<string | null> {
    const { ports, call } = this;
    const { callId, snapshot } = call;
    const hold = holdFor(call.price, call.pricingContext, { ...call.bound, outputTokens: holdOutputTokens });
    try {
      const verdict = await ports.ledger.extend({ callId, snapshot, hold, holdOutputTokens });
      if (verdict.kind === 'REFUSED') return `limit ${verdict.limitId}`;
      if (verdict.kind === 'EXTENDED') {
        this.heldTokens = holdOutputTokens;
        return null;
      }
      this.fullBecause = 'its time is over';
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.fullBecause = 'the ledger cannot be reached';
    }
    return this.fullBecause;
  }
}

/** The room of a call whose bound is held in slices; null for every other, which holds all that it may use. */
export function streamRoomOf(ports: CallPorts, call: ReservedCall): StreamRoom | null {
  const { sliceTokens } = call.bound;
  const cut = sliceTokens === undefined ? null : call.format.streamCut?.(call.request);
  return sliceTokens === undefined || !cut ? null : new StreamRoom(ports, call, sliceTokens, cut);
}
