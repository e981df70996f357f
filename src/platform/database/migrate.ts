import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { Log } from '../logger';
import { OperatorError } from '../operator-error';
import type { DatabaseSsl } from './data-source';
import { requireServerVersion } from './server-version';

/** Any number will do, as long as nobody else in the database uses it and it never changes. */
const MIGRATION_LOCK = '7310283645102';

export interface MigrateOptions {
  readonly log: Log;
  /**
   * Address for the connection that holds the lock. It must reach PostgreSQL itself: a pooler such as PgBouncer may
   * hand each statement to another session.
   */
  readonly lockUrl: string;
  readonly ssl: DatabaseSsl;
  /** Time between two tries for the lock. Default 250 ms. */
  readonly pollMs?: number;
  /** Tries after which the start is given up. Default 1,200: five minutes at the default interval. */
  readonly maxTries?: number;
}

/**
 * Runs the pending migrations of a connected data source and returns their names; of several processes that start at
 * once, one migrates while the others wait. The lock is polled rather than waited for: a waiting session would hold a
 * snapshot that CREATE INDEX CONCURRENTLY in a migration waits for, and the two would never end.
 */
export async function migrate(dataSource: DataSource, options: MigrateOptions): Promise<readonly string[]> {
  const client = new Client({
    connectionString: options.lockUrl,
    ssl: options.ssl,
    application_name: 'spendgraph migrations',
  });
  let lost: Error | undefined;
  client.on('error', (error) => (lost = error));
  await client.connect();
  try {
    await requireServerVersion(client);
    await acquireLock(client, options);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    if (lost !== undefined) options.log.warn({ err: lost }, 'The migration lock was lost while migrating.');
    return done.map(({ name }) => name);
  } finally {
    // Ending the session releases the lock.
    await client.end().catch(() => undefined);
  }
}

async function acquireLock(client: Client, options: MigrateOptions): Promise<void> {
  const { log, pollMs = 250, maxTries = 1_200 } = options;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock($1::bigint) AS locked',
      [MIGRATION_LOCK],
    );
    if (rows[0]?.locked === true) return;
    if (tries === 0) {
      log.info(`Waiting to migrate: ${await describeHolder(client)} holds the migration lock.`);
    }
    await delay(pollMs);
  }
  throw new OperatorError(
    `Process ${process.pid} gave up waiting to migrate after ${Math.round((maxTries * pollMs) / 1000)} seconds: ` +
      `${await describeHolder(client)} still holds the migration lock. If no migration runs there, end that session ` +
      '(SELECT pg_terminate_backend(<its pid>)) and start again.',
  );
}

async function describeHolder(client: Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; application: string; address: string }>(
    `SELECT l.pid,
            coalesce(nullif(a.application_name, ''), 'unnamed') AS application,
            coalesce(host(a.client_addr), 'local') AS address
       FROM pg_locks l
       LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint`,
    [MIGRATION_LOCK],
  );
  const holder = rows[0];
  if (holder === undefined) return 'another session';
  return `the database session ${holder.pid} (${holder.application}, from ${holder.address})`;
}
