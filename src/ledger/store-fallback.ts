import type { CallAsk } from '../domain/ledger/call-ask';
import type { Verdict } from '../domain/ledger/verdict';
import { scopesOfCall } from '../domain/limits/scope';
import { mayPassWithoutStore, type StoreFailurePolicy } from '../domain/limits/store-failure';
import type { Clock } from '../platform/clock';
import type { CallJournal } from './journal/call-journal';
import type { LimitBook } from './limit-book';
import { coversModel } from './reserver';

/** While the database is away it is tried again this often; calls in between do not wait for it. */
const TRY_AGAIN_MS = 1_000;

export interface StoreFallbackParts {
  readonly journal: CallJournal;
  readonly limits: LimitBook;
  readonly ledgerClock: Clock;
  /** What holds for a call with no limit on its path. */
  readonly withoutLimits: StoreFailurePolicy;
}

/** Lets calls through while the database is away, where all their limits say so and the disk takes them down. */
export class StoreFallback {
  private lostAtMs: number | null = null;

  constructor(private readonly parts: StoreFallbackParts) {}

  /** Takes note that the database did not answer, or that it did. */
  noteStore(isAway: boolean): void {
    this.lostAtMs = isAway ? this.parts.ledgerClock.now() : null;
  }

  /** Whether the database was away just now, so that it need not be asked again yet. */
  get wasAwayJustNow(): boolean {
    return this.lostAtMs !== null && Math.abs(this.parts.ledgerClock.now() - this.lostAtMs) < TRY_AGAIN_MS;
  }

  /** Null when the call must not go through: a limit refuses, is not known here, or the journal has no room for it. */
  async admit(ask: CallAsk): Promise<Verdict | null> {
    const { journal, limits, ledgerClock, withoutLimits } = this.parts;
    // That the same call was not sent before can only be told by the database.
    if (ask.idempotency !== null) return null;
    const known = limits.remembered(scopesOfCall(ask.snapshot));
    const onPath = known?.filter((limit) => coversModel(limit, ask.snapshot)) ?? null;
    if (!mayPassWithoutStore(onPath, withoutLimits)) return null;
    const admittedAtMs = ledgerClock.now();
    if (!(await journal.ask({ ask, admittedAtMs }))) return null;
    return { kind: 'ADMITTED', admittedAtMs, keySpend: null, standings: [] };
  }
}
