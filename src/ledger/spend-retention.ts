import { Client, type Pool } from 'pg';
import { isRetryableError } from '../platform/database/sql-state';
import type { Log } from '../platform/logger';

export interface SpendRetentionOptions {
  readonly pool: Pool;
  readonly log: Log;
  /** Rows of calls that were let through longer ago may go, once all of their month are that old. */
  readonly keepMs: number;
  readonly intervalMs: number;
}

/** Summing up a month of many millions of rows takes minutes. */
const TIMEOUT_MS = 30 * 60_000;
const ANSWER_GRACE_MS = 2_000;

/**
 * Drops the rows of months that are over for long; what limits, totals and reports need of them stays in the archive. Any
 * number of processes may: one of them does.
 */
export class SpendRetention {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SpendRetentionOptions) {}

  start(): void {
    const look = (): void => {
      this.running = this.running.then(() => this.dropSafely());
    };
    this.timer = setInterval(look, this.options.intervalMs);
    look();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  /** Returns the names of the partitions that were dropped, oldest first. */
  async drop(): Promise<string[]> {
    const { pool, keepMs, log } = this.options;
    // On a connection of its own: it takes longer than any call may.
    const client = new Client({
      ...pool.options,
      // The pool hides it from being copied.
      password: pool.options.password,
      application_name: 'spendgraph retention',
      query_timeout: TIMEOUT_MS + ANSWER_GRACE_MS,
    });
    client.on('error', () => undefined);
    const dropped: string[] = [];
    try {
      await client.connect();
      await client.query(`SET statement_timeout = ${TIMEOUT_MS}`);
      for (;;) {
        const { rows } = await client.query<{ name: string | null }>(
          `SELECT spend_drop_month(ledger_now() - $1 * interval '1 millisecond') AS name`,
          [keepMs],
        );
        const name = rows[0]?.name ?? null;
        if (name === null) return dropped;
        dropped.push(name);
        log.info({ partition: name }, 'A month of the spend log was summed up and its rows dropped.');
      }
    } finally {
      await client.end();
    }
  }

  private async dropSafely(): Promise<void> {
    try {
      await this.drop();
    } catch (error) {
      const message = isRetryableError(error)
        ? 'Somebody reads the spend log, so that no month could be dropped; the next time tries again.'
        : 'Months of the spend log could not be dropped; the next time tries again.';
      this.options.log.warn({ err: error }, message);
    }
  }
}
