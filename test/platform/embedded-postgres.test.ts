import { isAlive } from '../../src/platform/embedded-postgres/process-identity';
import { EmbeddedFolder, queryOnce } from '../support/embedded-folder';

/** How it starts, is shared and ends. Its rarer troubles are in the full test beside this one. */
describe('startEmbeddedPostgres', () => {
  let folder: EmbeddedFolder;

  beforeEach(async () => {
    folder = await EmbeddedFolder.make();
  });

  afterEach(async () => {
    await folder.remove();
  });

  it('keeps the data and the address from one start to the next', async () => {
    const first = await folder.start();
    await queryOnce(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await expect(queryOnce(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const second = await folder.start();
    expect(second.url).toBe(first.url);
    expect(await queryOnce(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is durable, speaks UTF-8, knows case beyond ASCII and listens on loopback with a password only', async () => {
    const { url } = await folder.start();
    expect(
      await queryOnce(
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
    await expect(queryOnce(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('is joined by a second process, and stopped by the last of them to leave', async () => {
    const mine = await folder.start();
    const other = await folder.owner();
    expect(other.url).toBe(mine.url);
    const pid = await folder.serverPid();
    await mine.stop();
    expect(await queryOnce(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.leave();
    expect(isAlive(pid)).toBe(false);
  });

  it('outlives a killed process, is adopted with its data, and then stopped by its new owner', async () => {
    const killed = await folder.owner();
    await queryOnce(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await folder.serverPid();
    await killed.kill();
    expect(isAlive(pid)).toBe(true);

    const adopter = await folder.start();
    expect(await folder.serverPid()).toBe(pid);
    expect(await queryOnce(adopter.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await adopter.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
