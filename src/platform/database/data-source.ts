import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import {
  DataSource,
  type EntitySchema,
  type MigrationInterface,
  type MixedList,
  type QueryRunner,
  type ReplicationMode,
} from 'typeorm';
import type { Log } from '../logger';
import { SnakeNamingStrategy } from './snake-naming';
import { carryNote } from './transaction-note';

/** False: no TLS. Else how node:tls checks the server. */
export type DatabaseSsl = false | DatabaseTls;

export interface DatabaseTls {
  readonly rejectUnauthorized: boolean;
  /** Certificates of authorities in PEM; undefined: those that Node trusts. */
  readonly ca?: string;
  /** Given to accept a certificate of another host name. */
  readonly checkServerIdentity?: NonNullable<ConnectionOptions['checkServerIdentity']>;
}

/** A class, or a glob of files that export classes. */
type ClassOrFiles<T> = (new () => T) | string;

export interface DataSourceSettings {
  readonly url: string;
  readonly ssl: DatabaseSsl;
  /** Connections that this process opens at most. */
  readonly poolSize: number;
  readonly entities: MixedList<ClassOrFiles<object> | EntitySchema>;
  readonly migrations: MixedList<ClassOrFiles<MigrationInterface>>;
  readonly log?: Log;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** The server's own migrations: TypeScript files under test, compiled ones when built. */
export const MIGRATION_FILES = join(__dirname, '..', '..', '..', 'migrations', '*.{js,ts}');

/** Not connected yet: `initialize()` connects. The schema comes from migrations alone. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const { log } = settings;
  return new NotedDataSource({
    type: 'postgres',
    url: settings.url,
    ssl: settings.ssl,
    poolSize: settings.poolSize,
    entities: settings.entities,
    migrations: settings.migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    namingStrategy: new SnakeNamingStrategy(),
    installExtensions: false,
    applicationName: 'spendgraph',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    logging: false,
    // An idle connection that the server closes is replaced by the pool; without a handler it would end the process.
    poolErrorHandler: (error: unknown) => log?.warn({ err: error }, 'An idle database connection was lost.'),
    extra: { keepAlive: true },
  });
}

/** Whose transactions carry the note of the work that began them. */
class NotedDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    return carryNote(super.createQueryRunner(mode));
  }
}
