import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Config } from '../platform/config';
import { createDataSource, MIGRATION_FILES } from '../platform/database/data-source';
import { createListener, type Listener } from '../platform/database/listen';
import { migrate, type MigrateOptions } from '../platform/database/migrate';
import { createPool, openConnections } from '../platform/database/pool';
import { startEmbeddedPostgres } from '../platform/embedded-postgres';
import { explainDatabaseFailure } from '../platform/explain-failure';
import type { Lifecycle } from '../platform/lifecycle';
import type { Log } from '../platform/logger';
import { entities } from './entities';

export interface Database {
  /** For everything but the hot path. */
  readonly db: DataSource;
  /** The ledger's own connections, so that no report keeps a call waiting. */
  readonly pool: Pool;
  readonly listener: Listener;
  /** Where it is, without the password. */
  readonly address: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A ledger statement takes milliseconds; one that takes this long is lost. */
const STATEMENT_TIMEOUT_MS = 15_000;
const EMBEDDED_STOP_DEADLINE_MS = 20_000;

/** Connects to PostgreSQL, starting the embedded one where no other is named, and brings the schema up to date. */
export async function openDatabase(config: Config, lifecycle: Lifecycle, log: Log): Promise<Database> {
  const url = config.database.url ?? (await startEmbedded(config, lifecycle, log));
  const { ssl, poolSize } = config.database;
  const listenUrl = config.database.listenUrl ?? url;
  const db = createDataSource({
    url,
    ssl,
    poolSize: half(poolSize),
    entities,
    migrations: [MIGRATION_FILES],
    log,
  });
  const migrated = await connectAndMigrate(db, lifecycle, { log, lockUrl: listenUrl, ssl }).catch(
    (error: unknown) => {
      throw explainDatabaseFailure(error, withoutPassword(url));
    },
  );
  if (migrated.length > 0) log.info({ migrations: migrated }, 'The database schema was brought up to date.');
  const pool = createPool({
    url,
    ssl,
    poolSize: half(poolSize),
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    onIdleError: (error) => log.warn({ err: error }, 'An idle ledger connection was lost.'),
  });
  lifecycle.onStop('the ledger connections', () => pool.end());
  await openConnections(pool);
  const listener = createListener(listenUrl, ssl, { log });
  lifecycle.onStop('the listener', () => listener.close());
  return { db, pool, listener, address: withoutPassword(url) };
}

async function connectAndMigrate(
  db: DataSource,
  lifecycle: Lifecycle,
  options: MigrateOptions,
): Promise<readonly string[]> {
  await db.initialize();
  lifecycle.onStop('the database connections', () => db.destroy());
  return migrate(db, options);
}

async function startEmbedded(config: Config, lifecycle: Lifecycle, log: Log): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  lifecycle.onStop('the embedded PostgreSQL', () => postgres.stop(), EMBEDDED_STOP_DEADLINE_MS);
  return postgres.url;
}

function half(poolSize: number): number {
  return Math.max(2, Math.ceil(poolSize / 2));
}

function withoutPassword(text: string): string {
  const url = new URL(text);
  url.password = '';
  url.search = '';
  return url.href;
}
