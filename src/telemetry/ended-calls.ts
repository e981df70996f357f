import type { CallAsk } from '../domain/ledger/call-ask';
import type { CallEnd } from '../domain/ledger/call-end';
import type { Clock } from '../platform/clock';
import type { Log } from '../platform/logger';
import type { CallObserver } from './call-observer';

/** A booked call on its way to somebody else's server. */
export interface EndedCall {
  readonly ask: CallAsk;
  readonly end: CallEnd;
  readonly endedAtMs: number;
}

export interface EndedCallsOptions {
  /** The receiver's name, for the log. */
  readonly receiver: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends a batch. What it throws is logged, and the batch is given up: it has its own retries. */
  readonly send: (calls: readonly EndedCall[]) => Promise<void>;
  readonly maxBatch?: number;
  readonly maxWaiting?: number;
}

/**
 * Booked calls, handed on in batches, one at a time. A receiver that hangs or is away costs a bounded piece of memory and
 * no call any time; what does not fit is dropped and counted. The ledger has it all: this is for looking at calls, not for
 * accounts.
 */
export class EndedCalls implements CallObserver {
  private waiting: EndedCall[] = [];
  private sending: Promise<void> | null = null;
  private droppedCalls = 0;

  constructor(private readonly options: EndedCallsOptions) {}

  /** Calls that the receiver was never told of. */
  get dropped(): number {
    return this.droppedCalls;
  }

  ended(ask: CallAsk, end: CallEnd): void {
    if (this.waiting.length >= (this.options.maxWaiting ?? 10_000)) {
      this.drop(1, null);
      return;
    }
    this.waiting.push({ ask, end, endedAtMs: this.options.clock.now() });
    this.sending ??= this.drain();
  }

  /** Waits until everything that waits has been sent, or given up. */
  async flush(): Promise<void> {
    while (this.sending !== null) await this.sending;
  }

  private async drain(): Promise<void> {
    // Calls that end in the same turn travel together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, this.options.maxBatch ?? 50);
      this.waiting = this.waiting.slice(batch.length);
      try {
        await this.options.send(batch);
      } catch (error) {
        this.drop(batch.length, error);
      }
    }
    this.sending = null;
  }

  private drop(calls: number, error: unknown): void {
    const isFirst = this.droppedCalls === 0;
    this.droppedCalls += calls;
    if (error === null && !isFirst) return;
    const { receiver, log } = this.options;
    log.warn({ err: error, dropped: this.droppedCalls }, `Calls were not reported to ${receiver}.`);
  }
}
