import type { Pool } from 'pg';
import type { CallAsk } from '../domain/ledger/call-ask';
import { voidedCall, type CallEnd } from '../domain/ledger/call-end';
import type { Verdict } from '../domain/ledger/verdict';
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
import { LedgerClock } from './ledger-clock';
import { LimitBook } from './limit-book';
import { endLease, renewLease } from './owner.repository';
import { Reserver } from './reserver';
import { settleCalls, type SettleOutcome } from './settle.repository';
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
  /** Waits between tries to reach a database that is away. Injected, so that tests need no real time. */
  readonly wait: (delayMs: number) => Promise<void>;
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
  private readonly limits: LimitBook;
  private leaseTimer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: LedgerOptions) {
    const clock = new LedgerClock(options.clock);
    const { pool, ownerId } = options;
    this.limits = new LimitBook(pool, clock);
    const reserver = new Reserver({
      db: pool,
      ownerId,
      clock,
      limits: this.limits,
      windows: new WindowBook(pool),
      renewLease: () => this.renew(),
    });
    this.reserves = new MicroBatcher({
      run: (asks) => this.runReserve(reserver, asks),
      maxBatch: MAX_BATCH,
      maxInFlight: 2,
      isDataError,
    });
    this.settles = new MicroBatcher({
      run: (ends) => this.runSettle(ends),
      maxBatch: MAX_BATCH,
      maxInFlight: 2,
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

  /** Waits for every settlement under way, then gives up the lease. */
  async stop(): Promise<void> {
    await this.reserves.idle();
    await this.settles.idle();
    this.stopped = true;
    if (this.leaseTimer) clearInterval(this.leaseTimer);
    await endLease(this.options.pool, this.options.ownerId);
  }

  /** Holds the call's bound against every limit on its path, all or nothing. Throws UNAVAILABLE without a database. */
  reserve(ask: CallAsk): Promise<Verdict> {
    return this.reserves.add(ask);
  }

  /** Ends a call: once, whoever tries twice. Keeps trying while the database is away, for the true cost must be booked. */
  settle(end: CallEnd): Promise<SettleOutcome> {
    return this.settles.add(end);
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

        // The answer was lost, not necessarily the reservation. Nobody will forward these calls, so that voiding is true.
        if (isConnectionError(error)) for (const ask of asks) void this.release(ask.callId);
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
    }
  }

  private async runSettle(ends: readonly CallEnd[]): Promise<readonly SettleOutcome[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        const settled = await settleCalls(this.options.pool, ends);
        this.options.hints.publish('spend', settled.spendIds);
        this.options.hints.publish('limits', settled.limitIds);
        return ends.map((end) => settled.outcomes.get(end.callId) ?? 'UNKNOWN');
      } catch (error) {
        if (isDataError(error)) throw error;
        if (!isRetryableError(error) && !isConnectionError(error)) throw error;
        if (attempt === 0)
          this.options.log.warn({ err: error }, 'Calls could not be settled yet; trying again.');
        await this.options.wait(retryDelayMs(attempt));
      }
    }
  }
}

function retryDelayMs(attempt: number): number {
  return RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 1_000;
}
