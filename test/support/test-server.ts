import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { silentLog } from '../../src/platform/logger';
import { removeAbandonedServers } from './abandoned-servers';
import { folderOfServers, TEST_FOLDER_PREFIX } from './server-folder';

/** Where the test processes find the one that owns the database server. Not SPENDGRAPH_…: those are settings. */
const ADDRESS_VARIABLE = 'TEST_SPENDGRAPH_SERVER';

export interface TestServerAddress {
  /** A superuser's address of the maintenance database. */
  readonly adminUrl: string;
  /** Unique to this jest run; part of the name of every database it makes. */
  readonly runId: string;
}

/**
 * One PostgreSQL server per jest run, started when the first test asks for a database: runs of pure tests don't pay
 * for it. TEST_DATABASE_URL names a server to use instead.
 */
export class TestServer {
  private readonly runId = randomBytes(4).toString('hex');
  private readonly http: Server;
  private folder: string | undefined;
  private postgres: Promise<EmbeddedPostgres> | undefined;
  private adminUrl: string | undefined;

  constructor() {
    this.http = createServer((_request, response) => {
      // A kept connection could be closed by this side just when a test file asks again.
      response.setHeader('connection', 'close');
      this.address().then(
        (address) => response.end(JSON.stringify(address)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.http.listen(0, '127.0.0.1', resolve);
    });
    process.env[ADDRESS_VARIABLE] = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.http.close();
    this.http.closeAllConnections();
    const isForeignServer = this.postgres === undefined;
    if (this.adminUrl !== undefined && isForeignServer) await dropLeftovers(this.adminUrl, this.runId);
    // A server that failed to start has said so to the tests.
    const postgres = await this.postgres?.catch(() => undefined);
    await postgres?.stop();
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
  }

  private async address(): Promise<TestServerAddress> {
    this.adminUrl = process.env['TEST_DATABASE_URL'] ?? (await this.startPostgres());
    return { adminUrl: this.adminUrl, runId: this.runId };
  }

  private async startPostgres(): Promise<string> {
    this.postgres ??= this.startInNewFolder();
    const url = new URL((await this.postgres).url);
    url.pathname = '/postgres';
    return url.href;
  }

  private async startInNewFolder(): Promise<EmbeddedPostgres> {
    const parent = folderOfServers();
    await removeAbandonedServers(parent);
    this.folder = await mkdtemp(join(parent, TEST_FOLDER_PREFIX));
    // For root, whose server runs under another account: it would otherwise keep its data elsewhere, for good.
    await chmod(this.folder, 0o711);
    return startEmbeddedPostgres({ dataDir: join(this.folder, 'data'), log: silentLog });
  }
}

export async function askForAdminUrl(): Promise<TestServerAddress> {
  const address = process.env[ADDRESS_VARIABLE];
  if (address === undefined) throw new Error('Run the tests with jest and test/jest.config.js.');
  const response = await fetch(address);
  if (!response.ok) throw new Error(`No test database: ${await response.text()}`);
  return (await response.json()) as TestServerAddress;
}

/** On a server that outlives the run, the template and databases of failed tests would pile up. */
async function dropLeftovers(adminUrl: string, runId: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  // A loss fails the query under way; an event without a listener would end the process.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    const { rows } = await admin.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname LIKE 'spendgraph\\_%' AND strpos(datname, $1) > 0`,
      [runId],
    );
    for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}
