import type { CallAsk } from '../domain/ledger/call-ask';
import type { CallEnd } from '../domain/ledger/call-end';
import type { LimitRefusal } from '../domain/ledger/verdict';

/**
 * Hears of calls after the ledger has. It is told, never asked: nothing that it does or throws changes a call, and no
 * call waits for it.
 */
export interface CallObserver {
  /** A limit left no room. The call may be asked for again with a smaller bound, and is then heard of again. */
  refused?(ask: CallAsk, refusal: LimitRefusal): void;
  /** The call was booked, once. */
  ended?(ask: CallAsk, end: CallEnd): void;
}
