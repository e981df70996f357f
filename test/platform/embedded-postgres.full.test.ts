import { chmod, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedFolder, queryOnce } from '../support/embedded-folder';

const isRoot = process.getuid?.() === 0;
/** The account `nobody` of every common Linux distribution. */
const NOBODY = { uid: 65_534, gid: 65_534 };

describe('startEmbeddedPostgres', () => {
  let folder: EmbeddedFolder;

  beforeEach(async () => {
    folder = await EmbeddedFolder.make();
  });

  afterEach(async () => {
    await folder.remove();
  });

  it('stores the password where only its owner can read it, and the data where others cannot enter', async () => {
    await folder.start();
    const home = await realpath(join(folder.dataDir, 'postgres'));
    expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'data'))).mode & 0o777).toBe(0o700);
    expect(await readdir(home)).not.toContain('password.new');
  });

  it('starts one server when several processes start together on an empty folder', async () => {
    const [mine, one, two] = await Promise.all([folder.start(), folder.owner(), folder.owner()]);
    expect(new Set([mine.url, one.url, two.url]).size).toBe(1);
    expect(await queryOnce(mine.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('recovers every committed row when the server itself was killed', async () => {
    const first = await folder.start();
    await queryOnce(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await folder.serverPid();
    process.kill(pid, 'SIGKILL');
    const second = await folder.start();
    expect(await queryOnce(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('moves to another port when its last one is taken', async () => {
    const first = await folder.start();
    await first.stop();
    const { createServer } = await import('node:net');
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(Number(new URL(first.url).port), '127.0.0.1', resolve);
    });
    const second = await folder.start();
    taken.close();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await queryOnce(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version and says what to do', async () => {
    await (await folder.start()).stop();
    await writeFile(join(folder.dataDir, 'postgres', 'data', 'PG_VERSION'), '12\n');
    await expect(folder.start()).rejects.toThrow(
      /was made by PostgreSQL 12; this build brings \d+.*pg_dump.*DATABASE_URL/,
    );
  });

  it('says so when the password is lost', async () => {
    await (await folder.start()).stop();
    await rm(join(folder.dataDir, 'postgres', 'password'));
    await expect(folder.start()).rejects.toThrow(/password of the embedded database is missing.*backup/);
  });

  describe('a folder shared with another machine', () => {
    const foreign = JSON.stringify({ pid: 1, machine: 'web-2 pid:[1]', startTicks: '1' });

    it('is refused while a process there shows that it lives', async () => {
      await (await folder.start()).stop();
      const file = join(folder.dataDir, 'postgres', 'owners', 'foreign.json');
      await writeFile(file, foreign);
      let seconds = 1_000_000_000;
      const heartbeat = setInterval(() => void utimes(file, seconds, (seconds += 1)), 100);
      await expect(folder.start()).rejects.toThrow(
        /in use by process 1 on web-2 .*SPENDGRAPH_DATA_DIR.*DATABASE_URL/,
      );
      clearInterval(heartbeat);
    });

    it('is taken when the process there has died', async () => {
      await (await folder.start()).stop();
      await writeFile(join(folder.dataDir, 'postgres', 'owners', 'foreign.json'), foreign);
      const { url } = await folder.start();
      expect(await queryOnce(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  const asRoot = isRoot ? it : it.skip;

  asRoot('run by root, gives the server an account that owns its data', async () => {
    await folder.start();
    const pid = await folder.serverPid();
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0/m);
    expect((await stat(join(folder.dataDir, 'postgres', 'data'))).uid).not.toBe(0);
  });

  asRoot(
    'run by root below a folder of mode 700, keeps its data where the account can reach it',
    async () => {
      await chmod(folder.path, 0o700);
      const first = await folder.start();
      await queryOnce(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      expect(await realpath(join(folder.dataDir, 'postgres'))).toMatch(/^\/var\/lib\/spendgraph\//);
      await first.stop();
      const second = await folder.start();
      expect(await queryOnce(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    },
  );

  asRoot('does not start empty when the data it kept elsewhere is gone', async () => {
    await chmod(folder.path, 0o700);
    await (await folder.start()).stop();
    await rm(await realpath(join(folder.dataDir, 'postgres')), { recursive: true });
    await expect(folder.start()).rejects.toThrow(
      /is gone: .*postgres points to \/var\/lib.*Restore that folder/,
    );
  });

  asRoot('runs for an ordinary user as that user', async () => {
    await chmod(folder.path, 0o777);
    await folder.owner(NOBODY);
    const status = await readFile(`/proc/${await folder.serverPid()}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\s+65534\s/m);
  });

  asRoot('tells an ordinary user whose folder it is when it belongs to another', async () => {
    await (await folder.start()).stop();
    await expect(folder.owner(NOBODY)).rejects.toThrow(
      /cannot be used by this user \(EACCES\).*SPENDGRAPH_DATA_DIR/,
    );
  });
});
