import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { App } from '../../src/app/app';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { loadConfig } from '../../src/platform/config';
import { silentLog } from '../../src/platform/logger';
import { createTestDatabase } from './database';
import { GraphqlClient } from './graphql-client';

export const MASTER_KEY = 'sk-test-master-0123456789abcdef';

export interface TestApp {
  readonly url: string;
  readonly pool: Pool;
  readonly databaseUrl: string;
  /** GraphQL as the administrator. */
  readonly master: GraphqlClient;
  as(secret: string): GraphqlClient;
  /** Another server process's worth of server on the same database. */
  join(environment?: Record<string, string>): Promise<{ url: string; stop(): Promise<void> }>;
  /** Waits until every call under way is booked. */
  settled(): Promise<void>;
  /** The names of the ledger checks that fail; empty when it adds up. */
  ledgerFaults(): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** YAML of a configuration file. */
  readonly yaml?: string;
  readonly environment?: Record<string, string>;
}

/** The whole server on a port and a database of its own, as `npm start` makes it. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'spendgraph-test-'));
  const yamlPath = join(folder, 'config.yaml');
  if (options.yaml !== undefined) await writeFile(yamlPath, options.yaml);
  const environment = {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.url,
    SPENDGRAPH_DATA_DIR: folder,
    SPENDGRAPH_MASTER_KEY: MASTER_KEY,
    SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
    ...(options.yaml === undefined ? {} : { SPENDGRAPH_CONFIG: yamlPath }),
    ...options.environment,
  };
  const start = async (more: Record<string, string> = {}) => {
    const app = new App(loadConfig({ ...environment, ...more }), silentLog);
    const { url } = await app.start();
    return { url, stop: () => app.stop() };
  };
  const first = await start();
  const others: { stop(): Promise<void> }[] = [];
  const pool = new Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  return {
    url: first.url,
    pool,
    databaseUrl: database.url,
    master: new GraphqlClient(first.url, MASTER_KEY),
    as: (secret) => new GraphqlClient(first.url, secret),
    join: async (more) => {
      const other = await start(more);
      others.push(other);
      return other;
    },
    settled: () => untilSettled(pool),
    ledgerFaults: async () =>
      (await verifyLedger(pool)).checks.filter((each) => !each.ok).map((each) => each.name),
    close: async () => {
      for (const other of others) await other.stop();
      await first.stop();
      await pool.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Polls the ledger itself: no time of its own is assumed, only that open calls come to their end. */
async function untilSettled(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM reservations WHERE state = 'RESERVED'`,
    );
    if (rows[0]?.open === 0) return;
  }
}
