import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { isAlive } from '../../src/platform/embedded-postgres/process-identity';
import { silentLog } from '../../src/platform/logger';
import { startOwner, type OwnerProcess } from '../support/owner-process';

const isRoot = process.getuid?.() === 0;
/** The account `nobody` of every common Linux distribution. */
const NOBODY = { uid: 65_534, gid: 65_534 };

describe('startEmbeddedPostgres', () => {
  let folder: string;
  let dataDir: string;
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spendgraph-embedded-'));
    await chmod(folder, 0o711);
    dataDir = join(folder, 'data');
  });

  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
    const home = await realpath(join(dataDir, 'postgres')).catch(() => dataDir);
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir, log: silentLog });
    running.push(postgres);
    return postgres;
  }

  async function owner(user?: { uid: number; gid: number }): Promise<OwnerProcess> {
    const process = await startOwner(dataDir, user);
    let isGone = false;
    const once = (end: () => Promise<void>) => async (): Promise<void> => {
      if (!isGone) await end();
      isGone = true;
    };
    const tracked = { url: process.url, leave: once(process.leave), kill: once(process.kill) };
    running.push({ stop: tracked.leave });
    return tracked;
  }

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** The server's process id: two answers that are the same come from one server. */
  async function serverPid(): Promise<number> {
    return Number(
      (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
  }

  it('keeps the data and the address from one start to the next', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await expect(query(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is durable, speaks UTF-8, knows case beyond ASCII and listens on loopback with a password only', async () => {
    const { url } = await start();
    expect(
      await query(
        url,
        `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
                current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums,
                current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS address,
                current_setting('unix_socket_directories') AS socket, upper('é') AS upper`,
      ),
    ).toEqual([
      {
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        checksums: 'on',
        encoding: 'UTF8',
        address: '127.0.0.1',
        socket: '',
        upper: 'É',
      },
    ]);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('stores the password where only its owner can read it, and the data where others cannot enter', async () => {
    await start();
    const home = await realpath(join(dataDir, 'postgres'));
    expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'data'))).mode & 0o777).toBe(0o700);
    expect(await readdir(home)).not.toContain('password.new');
  });

  it('is joined by a second process, and stopped by the last of them to leave', async () => {
    const mine = await start();
    const other = await owner();
    expect(other.url).toBe(mine.url);
    const pid = await serverPid();
    await mine.stop();
    expect(await query(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.leave();
    expect(isAlive(pid)).toBe(false);
  });

  it('starts one server when several processes start together on an empty folder', async () => {
    const [mine, one, two] = await Promise.all([start(), owner(), owner()]);
    expect(new Set([mine.url, one.url, two.url]).size).toBe(1);
    expect(await query(mine.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('outlives a killed process, is adopted with its data, and then stopped by its new owner', async () => {
    const killed = await owner();
    await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await serverPid();
    await killed.kill();
    expect(isAlive(pid)).toBe(true);

    const adopter = await start();
    expect(await serverPid()).toBe(pid);
    expect(await query(adopter.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await adopter.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('recovers every committed row when the server itself was killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await serverPid();
    process.kill(pid, 'SIGKILL');
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('moves to another port when its last one is taken', async () => {
    const first = await start();
    await first.stop();
    const { createServer } = await import('node:net');
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(Number(new URL(first.url).port), '127.0.0.1', resolve);
    });
    const second = await start();
    taken.close();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version and says what to do', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(
      /was made by PostgreSQL 12; this build brings \d+.*pg_dump.*DATABASE_URL/,
    );
  });

  it('says so when the password is lost', async () => {
    await (await start()).stop();
    await rm(join(dataDir, 'postgres', 'password'));
    await expect(start()).rejects.toThrow(/password of the embedded database is missing.*backup/);
  });

  describe('a folder shared with another machine', () => {
    const foreign = JSON.stringify({ pid: 1, machine: 'web-2 pid:[1]', startTicks: '1' });

    it('is refused while a process there shows that it lives', async () => {
      await (await start()).stop();
      const file = join(dataDir, 'postgres', 'owners', 'foreign.json');
      await writeFile(file, foreign);
      let seconds = 1_000_000_000;
      const heartbeat = setInterval(() => void utimes(file, seconds, (seconds += 1)), 100);
      await expect(start()).rejects.toThrow(
        /in use by process 1 on web-2 .*SPENDGRAPH_DATA_DIR.*DATABASE_URL/,
      );
      clearInterval(heartbeat);
    });

    it('is taken when the process there has died', async () => {
      await (await start()).stop();
      await writeFile(join(dataDir, 'postgres', 'owners', 'foreign.json'), foreign);
      const { url } = await start();
      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  const asRoot = isRoot ? it : it.skip;

  asRoot('run by root, gives the server an account that owns its data', async () => {
    await start();
    const pid = await serverPid();
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0/m);
    expect((await stat(join(dataDir, 'postgres', 'data'))).uid).not.toBe(0);
  });

  asRoot(
    'run by root below a folder of mode 700, keeps its data where the account can reach it',
    async () => {
      await chmod(folder, 0o700);
      const first = await start();
      await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      expect(await realpath(join(dataDir, 'postgres'))).toMatch(/^\/var\/lib\/spendgraph\//);
      await first.stop();
      const second = await start();
      expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    },
  );

  asRoot('does not start empty when the data it kept elsewhere is gone', async () => {
    await chmod(folder, 0o700);
    await (await start()).stop();
    await rm(await realpath(join(dataDir, 'postgres')), { recursive: true });
    await expect(start()).rejects.toThrow(/is gone: .*postgres points to \/var\/lib.*Restore that folder/);
  });

  asRoot('runs for an ordinary user as that user', async () => {
    await chmod(folder, 0o777);
    await owner(NOBODY);
    const status = await readFile(`/proc/${await serverPid()}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\s+65534\s/m);
  });

  asRoot('tells an ordinary user whose folder it is when it belongs to another', async () => {
    await (await start()).stop();
    await expect(owner(NOBODY)).rejects.toThrow(
      /cannot be used by this user \(EACCES\).*SPENDGRAPH_DATA_DIR/,
    );
  });
});
