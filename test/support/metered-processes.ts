import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { verifyLedger } from '../../src/ledger/verify-ledger';
import { createTestDatabase } from './database';
import { GraphqlClient } from './graphql-client';
import { launchServer, type ServerProcess } from './server-process';

export const PROCESS_MASTER_KEY = 'sk-test-master-0123456789abcdef';

/** A database and a configuration for server processes, which the test starts and ends. */
export interface MeteredProcesses {
  readonly pool: Pool;
  readonly databaseUrl: string;
  /** What the processes keep outside the database. */
  readonly folder: string;
  spawn(environment?: Record<string, string>): Promise<ServerProcess>;
  /** Starts a process that the test may kill before it is ready. */
  launch(environment?: Record<string, string>): ServerProcess;
  makeKey(server: ServerProcess): Promise<{ secret: string; id: string }>;
  /** Everything that does not add up: failed checks of the ledger, and windows that still hold something. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

export async function prepareProcesses(
  yaml: string,
  environment: Record<string, string> = {},
): Promise<MeteredProcesses> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'spendgraph-test-'));
  const yamlPath = join(folder, 'config.yaml');
  await writeFile(yamlPath, yaml);
  const pool = new Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  const servers: ServerProcess[] = [];
  const launch = (more: Record<string, string> = {}) => {
    const server = launchServer({
      DATABASE_URL: database.url,
      SPENDGRAPH_DATA_DIR: folder,
      SPENDGRAPH_CONFIG: yamlPath,
      SPENDGRAPH_MASTER_KEY: PROCESS_MASTER_KEY,
      SPENDGRAPH_SALT_KEY: 'test-salt-0123456789abcdef',
      ...environment,
      ...more,
    });
    servers.push(server);
    return server;
  };
  return {
    pool,
    databaseUrl: database.url,
    folder,
    launch,
    spawn: async (more) => {
      const server = launch(more);
      await server.ready;
      return server;
    },
    makeKey: (server) => makeKey(server.url),
    faults: () => ledgerFaults(pool),
    close: async () => {
      for (const server of servers) await server.kill('SIGKILL');
      await pool.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function makeKey(url: string): Promise<{ secret: string; id: string }> {
  const master = new GraphqlClient(url, PROCESS_MASTER_KEY);
  const made = await master.createKey();
  return { secret: made.secret, id: made.key.id };
}

export async function ledgerFaults(pool: Pool): Promise<string[]> {
  const report = await verifyLedger(pool);
  const { rows } = await pool.query<{ id: string }>(`SELECT id::text FROM limit_windows WHERE reserved <> 0`);
  const failed = report.checks.filter((check) => !check.ok);
  return [
    ...failed.map((check) => `${check.name}: ${JSON.stringify(check.differences)}`),
    ...rows.map(({ id }) => `window ${id} still holds something`),
  ];
}
