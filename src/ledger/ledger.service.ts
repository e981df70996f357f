import type { Pool } from 'pg';
import type { CallAsk, CallSnapshot } from '../domain/ledger/call-ask';
import { voidedCall, type CallEnd } from '../domain/ledger/call-end';
import type { LimitTermsSnapshot, Verdict } from '../domain/ledger/verdict';
import { scopesOfCall } from '../domain/limits/scope';
import type { StoreFailurePolicy } from '../domain/limits/store-failure';
import type { Clock } from '../platform/clock';
import {
  isConnectionError,
  isConnectTimeout,
  isDataError,
  isRetryableError,
  sqlState,
} from '../platform/database/sql-state';
import { AppError } from '../platform/errors';
import type { HintBus } from '../platform/events/hint-bus';
import type { Log } from '../platform/logger';
import { MicroBatcher } from '../platform/micro-batcher';
import type { CallJournal } from './journal/call-journal';
import type { JournalBooker } from './journal/journal-booker';
import { Extender, type ExtendAsk, type ExtendVerdict } from './extender';
import { LedgerClock } from './ledger-clock';
import { LimitBook } from './limit-book';
import { endLease, renewLease } from './owner.repository';
import { coversModel, Reserver } from './reserver';
import { settleCalls, type SettleOutcome } from './settle.repository';
import { StoreFallback } from './store-fallback';
import { WindowBook } from './window-book';

export interface LedgerOptions {
  readonly pool: Pool;
  readonly hints: HintBus;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this server process among those on the database. */
  readonly ownerId: string;
  /** How long the calls of a process that has stopped answering stay reserved. */
  readonly leaseTtlMs: number;
  /** Where calls are kept while the database is away; without it all are refused then. */
  readonly fallback?: LedgerFallback;
  /** Waits between tries to reach a database that is away. Injected, so that tests need no real time. */
  readonly wait: (delayMs: number) => Promise<void>;
}

export interface LedgerFallback {
  readonly journal: CallJournal;
  readonly booker: Pick<JournalBooker, 'end'>;
  /** What holds for a call with no limit on its path. */
  readonly withoutLimits: StoreFailurePolicy;
}

/** The database did not answer: whether it has made the reservation nobody knows. */
class StoreLost extends AppError {
  constructor() {
    super('UNAVAILABLE', 'The ledger cannot be reached, so no call is let through. Try again shortly.');
  }
}

const MAX_BATCH = 256;
const UNIQUE_VIOLATION = '23505';
const MAX_DUPLICATE_RETRIES = 3;
const RETRY_DELAYS_MS = [20, 50, 100, 250, 500, 1_000];
/** With the delays above, some minutes: longer than any statement waits for a lock. */
const RELEASE_TRIES = 180;

/**
 * The one door to the ledger for calls: reserve before a byte is sent, settle when the call has ended. Both go through
 * micro-batches, so that a thousand calls a second cost a few transactions.
 */
export class Ledger {
  private readonly reserves: MicroBatcher<CallAsk, Verdict>;
  private readonly settles: MicroBatcher<CallEnd, SettleOutcome>;
  private readonly extensions: MicroBatcher<ExtendAsk, ExtendVerdict>;
  private readonly limits: LimitBook;
  private readonly reserver: Reserver;
  private readonly fallback: StoreFallback | null;
  /** Calls that were refused because the database did not answer. */
  private readonly releasing = new Set<string>();
  private leaseTimer: NodeJS.Timeout | null = null;
  private isStopping = false;
  private stopped = false;

  constructor(private readonly options: LedgerOptions) {
    const clock = new LedgerClock(options.clock);
    const { pool, ownerId, fallback } = options;
    this.limits = new LimitBook(pool, clock);
    this.fallback = fallback
      ? new StoreFallback({ ...fallback, limits: this.limits, ledgerClock: clock })
      : null;
    this.reserver = new Reserver({
      db: pool,
      ownerId,
      clock,
      limits: this.limits,
      windows: new WindowBook(pool),
      renewLease: () => this.renew(),
    });
    this.reserves = new MicroBatcher({
      run: (asks) => this.runReserve(this.reserver, asks),
      maxBatch: MAX_BATCH,
      maxInFlight: 1,
      isDataError,
    });
    const extender = new Extender(pool, this.limits);
    this.extensions = new MicroBatcher({
      run: (asks) => this.runExtend(extender, asks),
      maxBatch: MAX_BATCH,
      maxInFlight: 1,
      isDataError,
    });
    this.settles = new MicroBatcher({
      run: (ends) => this.runSettle(ends),
      maxBatch: MAX_BATCH,
      maxInFlight: 1,
      isDataError,
    });
  }

  async start(): Promise<void> {
    await this.renew();
    this.leaseTimer = setInterval(() => {
      this.renew().catch((error: unknown) =>
        this.options.log.warn({ err: error }, 'The ledger lease was not renewed.'),
      );
    }, this.options.leaseTtlMs / 3);
  }

  /** Waits for every settlement under way, those that are in the journal excepted, then gives up the lease. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.reserves.idle();
    await this.settles.idle();
    this.stopped = true;
    if (this.leaseTimer) clearInterval(this.leaseTimer);
    await endLease(this.options.pool, this.options.ownerId);
  }

  /**
   * Holds the call's bound against every limit on its path, all or nothing. Without a database it throws UNAVAILABLE,
   * unless every limit on the path lets the call through all the same.
   */
  async reserve(ask: CallAsk): Promise<Verdict> {
    const { fallback } = this;
    if (fallback?.wasAwayJustNow === true) {
      const verdict = await fallback.admit(ask);
      if (verdict) return verdict;
    }
    try {
      const verdict = await this.reserves.add(ask);
      fallback?.noteStore(false);
      return verdict;
    } catch (error) {
      if (!(error instanceof StoreLost)) throw error;
      fallback?.noteStore(true);
      const verdict = await fallback?.admit(ask);
      if (verdict) return verdict;
      // The answer was lost, not necessarily the reservation. Nobody will forward this call, so that voiding is true.
      void this.release(ask.callId);
      throw error;
    }
  }

  /** What `reserve` would say now; nothing is held and nothing written. */
  explain(ask: CallAsk): Promise<Verdict> {
    return this.reserver.explain(ask);
  }

  /**
   * The limits on a call's path, as they are known; a reservation is checked against those that hold. `afresh` asks the
   * database for what changed.
   */
  async limitsOn(snapshot: CallSnapshot, afresh = false): Promise<readonly LimitTermsSnapshot[]> {
    if (afresh) await this.limits.refresh();
    const { paths } = await this.limits.read([scopesOfCall(snapshot)]);
    return (paths[0]?.limits ?? []).filter((limit) => coversModel(limit, snapshot));
  }

  /**
   * Holds more for a call under way, in the windows that it was admitted in. Throws UNAVAILABLE when the database does not
   * answer: nothing more may then be delivered than is held.
   */
  extend(ask: ExtendAsk): Promise<ExtendVerdict> {
    return this.extensions.add(ask);
  }

  /**
   * Ends a call: once, whoever tries twice. Keeps trying while the database is away, for the true cost must be booked;
   * the end is then in the journal besides, so that it outlives this process.
   */
  async settle(end: CallEnd): Promise<SettleOutcome> {
    const { fallback } = this.options;
    if (fallback?.journal.admitted(end.callId) !== true) return this.settles.add(end);
    await fallback.booker.end(end);
    return 'JOURNALLED';
  }

  private async runExtend(extender: Extender, asks: readonly ExtendAsk[]): Promise<readonly ExtendVerdict[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await extender.run(asks);
      } catch (error) {
        if (isRetryableError(error) && attempt < RETRY_DELAYS_MS.length) {
          await this.options.wait(RETRY_DELAYS_MS[attempt] ?? 0);
          continue;
        }
        if (isDataError(error) || error instanceof AppError) throw error;
        this.options.log.error({ err: error }, 'Calls under way could not be given more room.');
        throw new StoreLost();
      }
    }
  }

  private async renew(): Promise<void> {
    await renewLease(this.options.pool, this.options.ownerId, this.options.leaseTtlMs);
  }

  private async runReserve(reserver: Reserver, asks: readonly CallAsk[]): Promise<readonly Verdict[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await reserver.run(asks);
      } catch (error) {
        // Two calls with one Idempotency-Key met: asked again, the second finds the first.
        if (sqlState(error) === UNIQUE_VIOLATION && asks.length === 1 && attempt < MAX_DUPLICATE_RETRIES)
          continue;
        // A server that is short of time takes its own lateness for the database's: a second try tells the two apart.
        if (isConnectTimeout(error) && attempt === 0) continue;
        if (isRetryableError(error) && attempt < RETRY_DELAYS_MS.length) {
          await this.options.wait(RETRY_DELAYS_MS[attempt] ?? 0);
          continue;
        }
        if (isDataError(error) || error instanceof AppError) throw error;
        this.options.log.error({ err: error }, 'Calls could not be reserved.');
        if (isConnectionError(error)) throw new StoreLost();
        throw new AppError(
          'UNAVAILABLE',
          'The ledger cannot be reached, so no call is let through. Try again shortly.',
        );
      }
    }
  }

  /**
   * Voids a call whose reservation may have been made. One that is not known may still be: its statement can be waiting
   * for a lock in the database, with nobody left to hear its answer. So it is asked for again for a while.
   */
  private async release(callId: string): Promise<void> {
    this.releasing.add(callId);
    try {
      for (let attempt = 0; attempt < RELEASE_TRIES && !this.stopped; attempt++) {
        const end = voidedCall(callId, 'the ledger did not answer in time', 503);
        if ((await this.settle(end)) !== 'UNKNOWN') return;
        await this.options.wait(retryDelayMs(attempt));
      }
    } catch (error) {
      this.options.log.error(
        { err: error, callId },
        'A reservation could not be released; it ends with its deadline.',
      );
    } finally {
      this.releasing.delete(callId);
    }
  }

  /** Refused calls come in any number while the database is away, and mostly were never reserved. */
  private worthKeeping(ends: readonly CallEnd[]): CallEnd[] {
    return ends.filter((end) => !this.releasing.has(end.callId));
  }

  private async runSettle(ends: readonly CallEnd[]): Promise<readonly SettleOutcome[]> {
    const { fallback } = this.options;
    let kept: readonly CallEnd[] = [];
    for (let attempt = 0; ; attempt++) {
      try {
        const settled = await settleCalls(this.options.pool, ends);
        if (kept.length > 0) await fallback?.journal.forget(kept.map((end) => end.callId));
        this.options.hints.publish('spend', settled.spendIds);
        this.options.hints.publish('limits', settled.limitIds);
        this.options.hints.publish('alerts', settled.alertIds);
        return ends.map((end) => settled.outcomes.get(end.callId) ?? 'UNKNOWN');
      } catch (error) {
        if (isDataError(error)) throw error;
        if (!isRetryableError(error) && !isConnectionError(error)) throw error;
        if (attempt === 0) {
          this.options.log.warn({ err: error }, 'Calls could not be settled yet; trying again.');
          if (fallback) kept = await writeDown(fallback.journal, this.worthKeeping(ends));
        }
        if (this.isStopping && kept.length === ends.length) throw error;
        await this.options.wait(retryDelayMs(attempt));
      }
    }
  }
}

/** Takes the ends down on disk. Returns those that are there. */
async function writeDown(journal: CallJournal, ends: readonly CallEnd[]): Promise<CallEnd[]> {
  const written = await Promise.all(ends.map((end) => journal.end(end)));
  return ends.filter((_, index) => written[index]);
}

function retryDelayMs(attempt: number): number {
  return RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 1_000;
}
