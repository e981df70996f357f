import { readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { countLiveOwners } from '../../src/platform/embedded-postgres/owners';
import { silentLog } from '../../src/platform/logger';
import { TEST_FOLDER_PREFIX } from './server-folder';

/** Stops and removes the servers of test runs that were killed before they could do so themselves. */
export async function removeAbandonedServers(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(TEST_FOLDER_PREFIX));
  for (const name of names) {
    const folder = join(parent, name);
    // A folder of another account, or one that its run has just made, is left alone.
    await removeIfAbandoned(folder).catch(() => undefined);
  }
}

async function removeIfAbandoned(folder: string): Promise<void> {
  const home = await realpath(join(folder, 'data', 'postgres'));
  await readdir(join(home, 'owners'));
  if ((await countLiveOwners(join(home, 'owners'))) > 0) return;
  // Joining a server as its last owner and leaving it is how one is stopped.
  const isRunning = (await readdir(join(home, 'data'))).includes('postmaster.pid');
  if (isRunning) {
    await (await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log: silentLog })).stop();
  }
  await rm(folder, { recursive: true, force: true });
}
