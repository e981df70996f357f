import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../clock';
import { EmbeddedPostgresError, USE_OWN_POSTGRES } from './embedded-postgres-error';
import { isSameProcessAlive, ownIdentity, thisMachine, type ProcessIdentity } from './process-identity';

const HEARTBEAT_MS = 1_000;
const OBSERVE_MS = 3_500;

export interface Registration {
  /** Takes this process off the list. */
  remove(): Promise<void>;
}

/**
 * The processes that use a data folder: one file each, touched every second. The last one to leave stops the server.
 * The touching exists for other machines (a shared volume), to which our process ids say nothing.
 */
export async function registerOwner(folder: string): Promise<Registration> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${process.pid}-${randomUUID()}.json`);
  await writeFile(path, JSON.stringify(ownIdentity()), { mode: 0o600 });
  const heartbeat = setInterval(() => {
    const now = systemClock.now() / 1000;
    // A failed touch is harmless: it only matters to another machine, which would then judge the folder free.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    remove: async () => {
      clearInterval(heartbeat);
      await rm(path, { force: true });
    },
  };
}

/** Removes the files of dead processes and returns how many live owners remain on this machine. */
export async function countLiveOwners(folder: string): Promise<number> {
  let alive = 0;
  for (const { path, owner } of await listOwners(folder)) {
    if (isSameProcessAlive(owner)) alive += 1;
    else if (owner.machine === thisMachine()) await rm(path, { force: true });
  }
  return alive;
}

/**
 * Throws if a process of another machine or container uses the folder; forgets those that no longer do. Whether the
 * file's time moves is watched rather than compared with our clock, which may differ from the other machine's.
 */
export async function refuseForeignOwners(folder: string): Promise<void> {
  const foreign = (await listOwners(folder)).filter(({ owner }) => owner.machine !== thisMachine());
  if (foreign.length === 0) return;
  const before = await Promise.all(foreign.map(({ path }) => modifiedMs(path)));
  await delay(OBSERVE_MS);
  for (const [index, { path, owner }] of foreign.entries()) {
    const after = await modifiedMs(path);
    if (after !== undefined && after !== before[index]) {
      throw new EmbeddedPostgresError(
        `The data folder is in use by process ${owner.pid} on ${owner.machine}. One machine at a time can run the ` +
          `embedded database: stop that process, or give this one its own SPENDGRAPH_DATA_DIR. ${USE_OWN_POSTGRES}`,
      );
    }
    await rm(path, { force: true });
  }
}

async function listOwners(folder: string): Promise<{ path: string; owner: ProcessIdentity }[]> {
  const names = await readdir(folder).catch(() => []);
  const owners = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const text = await readFile(path, 'utf8').catch(() => '');
      return text === '' ? undefined : { path, owner: JSON.parse(text) as ProcessIdentity };
    }),
  );
  return owners.filter((entry) => entry !== undefined);
}

async function modifiedMs(path: string): Promise<number | undefined> {
  return stat(path).then(
    (stats) => stats.mtimeMs,
    () => undefined,
  );
}
