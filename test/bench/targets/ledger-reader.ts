import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/platform/embedded-postgres';
import { silentLog } from '../../../src/platform/logger';

export interface LedgerFigures {
  readonly spendRows: number;
  /** Rows of calls whose usage the provider reported and whose cost is known, of no failure. */
  readonly goodRows: number;
  /** Sum of all costs, in dollars. */
  readonly cost: string;
  /** The fewest limits that any call was held against. */
  readonly fewestLimits: number;
  readonly openReservations: number;
}

const POLL_MS = 5;
const SETTLE_DEADLINE_MS = 30_000;
const DURABILITY = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** Looks into the server's database from outside, over a connection of its own. */
export class LedgerReader {
  private constructor(
    private readonly postgres: EmbeddedPostgres,
    private readonly client: Client,
  ) {}

  static async open(dataDir: string): Promise<LedgerReader> {
    const postgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    return new LedgerReader(postgres, client);
  }

  /** Waits until no call is open any more, and resolves with how many milliseconds that took. */
  async waitUntilSettled(): Promise<number> {
    const startedMs = performance.now();
    while ((await this.openReservations()) > 0) {
      if (performance.now() - startedMs > SETTLE_DEADLINE_MS)
        throw new Error('Calls were answered and not settled in time.');
      await delay(POLL_MS);
    }
    return performance.now() - startedMs;
  }

  async figures(): Promise<LedgerFigures> {
    const { rows } = await this.client.query<Omit<LedgerFigures, 'openReservations'>>(
      `SELECT count(*)::integer AS "spendRows", coalesce(sum(cost), 0)::text AS cost,
              (count(*) FILTER (WHERE status = 'SUCCESS' AND usage_source = 'PROVIDER' AND pricing_status = 'PRICED'))::integer
                AS "goodRows",
              (SELECT coalesce(min(cardinality(window_ids)), 0) FROM reservations) AS "fewestLimits"
         FROM spend_logs`,
    );
    const [row] = rows;
    if (!row) throw new Error('The ledger gave no figures.');
    return { ...row, openReservations: await this.openReservations() };
  }

  /** The settings that decide whether what is committed survives a power cut. */
  async durability(): Promise<Record<string, string>> {
    const settings: Record<string, string> = {};
    for (const name of DURABILITY) {
      const { rows } = await this.client.query<Record<string, string>>(`SHOW ${name}`);
      settings[name] = rows[0]?.[name] ?? '';
    }
    return settings;
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.postgres.stop();
  }

  private async openReservations(): Promise<number> {
    const { rows } = await this.client.query<{ open: number }>(
      `SELECT count(*)::integer AS open FROM reservations WHERE state = 'RESERVED'`,
    );
    return rows[0]?.open ?? 0;
  }
}
