import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/app/open-database';
import { loadConfig } from '../../src/platform/config';
import { Lifecycle } from '../../src/platform/lifecycle';
import { silentLog } from '../../src/platform/logger';
import { OperatorError } from '../../src/platform/operator-error';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { spawnServer } from '../support/server-process';

const MASTER_KEY = 'sk-master-key-of-failed-starts';
const SALT = 'a-salt-for-the-starts-that-fail';

describe('a start that fails', () => {
  let database: TestDatabase;
  let folder: string;
  let occupant: Server;
  let takenPort: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'failed-start-'));
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    takenPort = (occupant.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await new Promise((resolve) => occupant.close(resolve));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = (more: Record<string, string> = {}) => ({
    DATABASE_URL: database.url,
    SPENDGRAPH_DATA_DIR: folder,
    SPENDGRAPH_MASTER_KEY: MASTER_KEY,
    SPENDGRAPH_SALT_KEY: SALT,
    ...more,
  });
  const start = (more: Record<string, string>) => spawnServer(environment(more));
  const open = async (url: string) => {
    const lifecycle = new Lifecycle(silentLog);
    const config = loadConfig(environment({ DATABASE_URL: url }));
    await openDatabase(config, lifecycle, silentLog).finally(() => lifecycle.stop());
  };

  it('says that the port is taken and how to choose another, without a stack', async () => {
    const failure = start({ PORT: String(takenPort) });
    await expect(failure).rejects.toThrow(
      `Cannot listen on 127.0.0.1, port ${takenPort}: another program listens there. Stop it, or set PORT to a free port.`,
    );
    await expect(failure).rejects.not.toThrow(/ at .*node:net/);
  });

  it('says where no database listens, without the password', async () => {
    const failure = open('postgres://app:secret-word@127.0.0.1:1/sg');
    await expect(failure).rejects.toBeInstanceOf(OperatorError);
    await expect(failure).rejects.toThrow(
      'Cannot connect to the database postgres://app@127.0.0.1:1/sg: nothing listens there. Start PostgreSQL, or ' +
        'correct the host and port. It is set by DATABASE_URL.',
    );
  });

  it('says that the port is not that of PostgreSQL', async () => {
    const failure = open(`postgres://app:secret-word@127.0.0.1:${takenPort}/sg`);
    await expect(failure).rejects.toThrow(/the connection was cut\. Check that the port is PostgreSQL's/);
  });

  it('says that the database offers no TLS', async () => {
    const url = new URL(database.url);
    url.searchParams.set('sslmode', 'require');
    const failure = open(url.href);
    await expect(failure).rejects.toBeInstanceOf(OperatorError);
    await expect(failure).rejects.toThrow(/it offers no TLS, which SPENDGRAPH_DB_SSL or sslmode asks for/);
  });

  it('says which database does not exist', async () => {
    const url = new URL(database.url);
    url.pathname = '/no_such_database';
    const failure = open(url.href);
    await expect(failure).rejects.toBeInstanceOf(OperatorError);
    await expect(failure).rejects.toThrow(/refuses: database "no_such_database" does not exist/);
  });

  it('says that the password is wrong', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    const failure = open(url.href);
    await expect(failure).rejects.toBeInstanceOf(OperatorError);
    await expect(failure).rejects.toThrow(/refuses: password authentication failed for user/);
  });

  it('says that the salt is not the one of the database, without a stack', async () => {
    const server = await start({});
    await server.kill('SIGTERM');
    const failure = start({ SPENDGRAPH_SALT_KEY: 'quite-another-salt-than-that-before' });
    await expect(failure).rejects.toThrow(/made with another SPENDGRAPH_SALT_KEY/);
    await expect(failure).rejects.not.toThrow(/ at .*app\.ts/);
  });
});
