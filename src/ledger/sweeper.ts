import type { Pool } from 'pg';
import { expiredCall } from '../domain/ledger/call-end';
import type { Log } from '../platform/logger';
import type { Ledger } from './ledger.service';
import { findExpiredCalls, pruneLedger, pruneShortWindows } from './owner.repository';

const BATCH = 256;
/** For people to look at: what was used in them stands in the spend rows. */
const SHORT_WINDOWS_KEPT_MS = 6 * 3_600_000;

export interface SweeperOptions {
  readonly pool: Pool;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly intervalMs: number;
  /** How long ended reservations are kept, so that late ends and retries with an Idempotency-Key still find them. */
  readonly keepEndedMs: number;
}

/** Charges the calls that nobody finishes, and keeps the ledger's tables small. Any number of processes may sweep. */
export class Sweeper {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: SweeperOptions) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.sweepSafely());
    }, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Ends every expired call through the settle batch, so that locks are taken in everybody's order. Returns how many. */
  async sweep(): Promise<number> {
    const { pool, ledger, log } = this.options;
    let ended = 0;
    for (;;) {
      const ids = await findExpiredCalls(pool, BATCH);
      if (ids.length === 0) break;
      const outcomes = await Promise.all(ids.map((id) => ledger.settle(expiredCall(id))));
      const expired = ids.filter((_, index) => outcomes[index] === 'EXPIRED');
      if (expired.length > 0)
        log.warn({ calls: expired }, 'Calls were charged at their hold: nobody finished them.');
      ended += expired.length;
    }
    await pruneLedger(pool, this.options.keepEndedMs);
    await pruneShortWindows(pool, SHORT_WINDOWS_KEPT_MS);
    await pool.query(`SELECT spend_ensure_partitions(3)`);
    return ended;
  }

  private async sweepSafely(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.options.log.warn({ err: error }, 'The sweep failed; the next one tries again.');
    }
  }
}
