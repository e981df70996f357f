import type { CallAsk } from '../domain/ledger/call-ask';
import type { CallEnd } from '../domain/ledger/call-end';
import type { Verdict } from '../domain/ledger/verdict';
import type { Ledger } from '../ledger/ledger.service';
import type { Log } from '../platform/logger';
import type { CallObserver } from './call-observer';

type LedgerDoor = Pick<Ledger, 'reserve' | 'extend' | 'settle' | 'limitsOn'>;

/**
 * The ledger as the pipeline knows it, with listeners. What is told is what was booked: a call is reported once its
 * settlement is committed, under the attribution it was admitted with.
 */
export class ObservedLedger implements LedgerDoor {
  private readonly open = new Map<string, CallAsk>();

  constructor(
    private readonly ledger: LedgerDoor,
    private readonly observers: readonly CallObserver[],
    private readonly log: Log,
  ) {}

  /** Calls that were admitted here and have not ended. */
  get openCalls(): number {
    return this.open.size;
  }

  limitsOn(...call: Parameters<Ledger['limitsOn']>): ReturnType<Ledger['limitsOn']> {
    return this.ledger.limitsOn(...call);
  }

  async reserve(ask: CallAsk): Promise<Verdict> {
    const verdict = await this.ledger.reserve(ask);
    if (verdict.kind === 'ADMITTED') this.open.set(ask.callId, ask);
    else if (verdict.kind === 'REFUSED') this.tell((observer) => observer.refused?.(ask, verdict.refusal));
    return verdict;
  }

  extend(ask: Parameters<Ledger['extend']>[0]): ReturnType<Ledger['extend']> {
    return this.ledger.extend(ask);
  }

  settle(end: CallEnd): ReturnType<Ledger['settle']> {
    return this.settleAs(end, this.open.get(end.callId));
  }

  /** The call goes on without this process: whoever ends it tells what it was admitted with. */
  release(callId: string): void {
    this.open.delete(callId);
  }

  /** Ends a call that another process may have begun. */
  async settleAs(end: CallEnd, ask: CallAsk | undefined): ReturnType<Ledger['settle']> {
    try {
      const outcome = await this.ledger.settle(end);
      const isBooked = outcome === 'SETTLED' || outcome === 'EXPIRED';
      if (ask !== undefined && isBooked) this.tell((observer) => observer.ended?.(ask, end));
      return outcome;
    } finally {
      this.open.delete(end.callId);
    }
  }

  private tell(what: (observer: CallObserver) => void): void {
    for (const observer of this.observers) {
      try {
        what(observer);
      } catch (error) {
        this.log.warn({ err: error }, 'An observer of calls failed; the call is booked all the same.');
      }
    }
  }
}
