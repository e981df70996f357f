import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

export const TEST_FOLDER_PREFIX = 'spendgraph-test-';

/** Memory that Linux offers as a folder. There a copy of the template costs a twentieth of what it costs on a disk. */
const IN_MEMORY = '/dev/shm';
/** What the databases of a run and their write-ahead log need at most, with some to spare. */
const NEEDED_BYTES = 3 * 2 ** 30;

/** Where the database server of a test run keeps its data: in memory where there is enough of it. */
export function folderOfServers(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= NEEDED_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
