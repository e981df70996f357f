import { formatMoney } from '../domain/money/decimal-text';
import { isConnectionError, isDataError, isRetryableError } from '../platform/database/sql-state';
import type { Queryable } from '../platform/database/pool';
import type { Log } from '../platform/logger';
import { MicroBatcher } from '../platform/micro-batcher';

interface Excess {
  readonly windowId: string;
  readonly ask: bigint;
}

const MAX_BATCH = 1_000;
/** With the pauses between them, some seconds. */
const MAX_TRIES = 10;

/**
 * Counts the calls that limits let through without having room for them. It is a report beside the ledger: what was spent
 * stands in the windows themselves, so that a count lost to a crash changes no money, and no call waits for it.
 */
export class ExcessRecorder {
  private readonly excesses: MicroBatcher<Excess, null>;

  constructor(
    private readonly db: Queryable,
    private readonly log: Log,
    private readonly wait: (delayMs: number) => Promise<void>,
  ) {
    this.excesses = new MicroBatcher({
      run: (items) => this.write(items),
      maxBatch: MAX_BATCH,
      maxInFlight: 1,
      isDataError,
    });
  }

  /** A call that asked for this much of a window that had less. */
  record(windowId: string, ask: bigint): void {
    this.excesses.add({ windowId, ask }).catch((error: unknown) => {
      this.log.warn({ err: error, windowId }, 'A call beyond a limit that only warns was not counted.');
    });
  }

  /** Waits until everything recorded so far is written. */
  idle(): Promise<void> {
    return this.excesses.idle();
  }

  private async write(items: readonly Excess[]): Promise<readonly null[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        await addExcesses(this.db, items);
        return items.map(() => null);
      } catch (error) {
        const passes = isRetryableError(error) || isConnectionError(error);
        if (!passes || attempt === MAX_TRIES) throw error;
        await this.wait(50 * attempt);
      }
    }
  }
}

/** Summed up and in the order of ids: two rows on one key of an upsert would fail, and two orders could lock in a circle. */
async function addExcesses(db: Queryable, items: readonly Excess[]): Promise<void> {
  await db.query(
    `INSERT INTO limit_excesses AS e (window_id, calls, amount)
     SELECT x.window_id, count(*), sum(x.amount)
       FROM unnest($1::bigint[], $2::numeric[]) AS x(window_id, amount)
      GROUP BY x.window_id ORDER BY x.window_id
     ON CONFLICT (window_id) DO UPDATE SET calls = e.calls + excluded.calls, amount = e.amount + excluded.amount`,
    [items.map((each) => each.windowId), items.map((each) => formatMoney(each.ask))],
  );
}
