import { Pool, type ClientBase } from 'pg';
import type { DatabaseSsl } from './data-source';
import { sqlState } from './sql-state';

/** Anything that runs one statement: a pool or a client. */
export interface Queryable {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in pg, the statement's author says what its rows are
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}

export interface PoolSettings {
  readonly url: string;
  readonly ssl: DatabaseSsl;
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  /** PostgreSQL ends a statement that runs longer, so that a hung one frees its locks. */
  readonly statementTimeoutMs: number;
  readonly onIdleError: (error: unknown) => void;
}

/** Past the end that PostgreSQL sets a statement, for the answer to come. Then the connection counts as lost. */
const ANSWER_GRACE_MS = 2_000;

/** Connections of the ledger's own, so that a long report can never keep a call waiting for one. */
export function createPool(settings: PoolSettings): Pool {
  const { statementTimeoutMs, onIdleError } = settings;
  const pool = new Pool({
    connectionString: settings.url,
    ssl: settings.ssl,
    max: settings.poolSize,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    // Never closed for being idle: under a burst of calls a new connection is what takes longest.
    idleTimeoutMillis: 0,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
    application_name: 'spendgraph ledger',
    keepAlive: true,
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for the promise, though its types do not say so
    onConnect: (client) => limitStatements(client, statementTimeoutMs, onIdleError),
  });
  pool.on('error', onIdleError);
  return pool;
}

/** Opens every connection that the pool may have, so that none has to be made under load. */
export async function openConnections(pool: Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  for (const client of clients) client.release();
}

/**
 * By a statement, not by an option of the connection, which PgBouncer refuses. Something in between that refuses the
 * statement too leaves the limit to the driver.
 */
async function limitStatements(
  client: ClientBase,
  timeoutMs: number,
  onRefused: (error: unknown) => void,
): Promise<void> {
  try {
    await client.query(`SET statement_timeout = ${timeoutMs}`);
  } catch (error) {
    if (sqlState(error) === null) throw error;
    onRefused(error);
  }
}
