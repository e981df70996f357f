import { Pool } from 'pg';
import type { DatabaseSsl } from './data-source';

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
  /** The server ends a statement that runs longer, so that a hung one frees its locks. */
  readonly statementTimeoutMs: number;
  readonly onIdleError: (error: unknown) => void;
}

/** Connections of the ledger's own, so that a long report can never keep a call waiting for one. */
export function createPool(settings: PoolSettings): Pool {
  const pool = new Pool({
    connectionString: settings.url,
    ssl: settings.ssl,
    max: settings.poolSize,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    query_timeout: settings.statementTimeoutMs,
    application_name: 'spendgraph ledger',
    keepAlive: true,
  });
  pool.on('error', settings.onIdleError);
  return pool;
}
