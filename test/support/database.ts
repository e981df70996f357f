import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createDataSource, MIGRATION_FILES } from '../../src/platform/database/data-source';
import { migrate } from '../../src/platform/database/migrate';
import { silentLog } from '../../src/platform/logger';
import { askForAdminUrl } from './test-server';

export interface TestDatabase {
  readonly url: string;
  /** Ends the sessions that are left and removes the database. */
  drop(): Promise<void>;
}

/** A database of the test file's own, with every migration applied: a copy of a template made once per run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, runId } = await askForAdminUrl();
  const template = `spendgraph_template_${runId}`;
  const name = `spendgraph_test_${runId}_${randomUUID().slice(0, 8)}`;
  await withAdmin(adminUrl, async (admin) => {
    await ensureTemplate(admin, adminUrl, template);
    // The copy goes through the write-ahead log; to compress it would take most of the time.
    await admin.query('SET wal_compression = off');
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: databaseUrl(adminUrl, name),
    drop: () => withAdmin(adminUrl, (admin) => dropDatabase(admin, name)),
  };
}

/** An empty database, without the migrations: for tests of the migration runner itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { adminUrl, runId } = await askForAdminUrl();
  const name = `spendgraph_test_${runId}_${randomUUID().slice(0, 8)}`;
  await withAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
  return {
    url: databaseUrl(adminUrl, name),
    drop: () => withAdmin(adminUrl, (admin) => dropDatabase(admin, name)),
  };
}

/** Migrated under another name and renamed when finished, so that a failed migration leaves no half template. */
async function ensureTemplate(admin: Client, adminUrl: string, template: string): Promise<void> {
  await admin.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount !== 0) return;
    const draft = `${template}_draft`;
    await dropDatabase(admin, draft);
    await admin.query(`CREATE DATABASE ${draft}`);
    await migrateAll(databaseUrl(adminUrl, draft));
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  } finally {
    await admin.query('SELECT pg_advisory_unlock(hashtext($1))', [template]);
  }
}

async function migrateAll(url: string): Promise<void> {
  const dataSource = createDataSource({
    url,
    ssl: false,
    poolSize: 2,
    entities: [],
    migrations: [MIGRATION_FILES],
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource, { log: silentLog, lockUrl: url, ssl: false });
  } finally {
    await dataSource.destroy();
  }
}

async function dropDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function withAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl });
  // A loss fails the query under way; an event without a listener would end the process.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
