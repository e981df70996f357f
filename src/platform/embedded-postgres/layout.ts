import { randomBytes } from 'node:crypto';
import { lstat, readlink, realpath, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Log } from '../logger';
import { makeStateFolder } from '../state-folder';
import { systemErrorCode } from '../system-error';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { canReach, chooseServerUser, type ServerUser } from './server-user';

/** Where root's embedded servers keep their data when the configured folder can't be reached by another account. */
const SHARED_STATE_FOLDER = '/var/lib/spendgraph';
/** The files of one embedded server, all below `home`. */
export interface Layout {
  readonly home: string;
  /** PGDATA, owned by the server's account. */
  readonly cluster: string;
  readonly owners: string;
  readonly lock: string;
  readonly password: string;
  readonly port: string;
  /** What the server says before its own log files are open. */
  readonly startLog: string;
  readonly user: ServerUser | undefined;
}

/** Finds or makes `<dataDir>/postgres`. It is a link to a folder elsewhere if the server's account can't reach it. */
export async function prepareLayout(dataDir: string, log: Log): Promise<Layout> {
  const entry = join(resolve(dataDir), 'postgres');
  await makeStateFolder(resolve(dataDir));
  if (!(await exists(entry))) await createHome(entry, log);
  const home = await findHome(entry);
  const cluster = join(home, 'data');
  return {
    home,
    cluster,
    owners: join(home, 'owners'),
    lock: join(home, 'lock'),
    password: join(home, 'password'),
    port: join(home, 'port'),
    startLog: join(home, 'start.log'),
    user: await chooseServerUser(cluster),
  };
}

async function findHome(entry: string): Promise<string> {
  try {
    return await realpath(entry);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    // To start empty instead would look like every budget, key and spend row had vanished.
    throw new EmbeddedPostgresError(
      `The data of the embedded database is gone: ${entry} points to ${await readlink(entry)}, which is not there. ` +
        `Restore that folder, or remove ${entry} to start with an empty database.`,
    );
  }
}

async function createHome(entry: string, log: Log): Promise<void> {
  const user = await chooseServerUser(entry);
  if (user === undefined || (await canReach(user, resolve(entry, '..')))) return makeStateFolder(entry);
  await makeStateFolder(SHARED_STATE_FOLDER);
  const elsewhere = join(SHARED_STATE_FOLDER, randomBytes(6).toString('hex'));
  await makeStateFolder(elsewhere);
  await symlink(elsewhere, entry).catch(async (error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  });
  log.warn(
    `PostgreSQL runs as uid ${user.uid}, which cannot reach ${entry}; its files are kept in ${elsewhere} instead.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
