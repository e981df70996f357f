import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { systemErrorCode } from '../system-error';
import { isSameProcessAlive, ownIdentity, type ProcessIdentity } from './process-identity';

const POLL_MS = 25;
/** Longer than creating a cluster or recovering one after a crash should ever take. */
const MAX_WAIT_MS = 180_000;

/**
 * Runs `work` while this process alone, among those on this machine, holds the lock file. The lock of a process that
 * died is taken over. It only orders starts and stops: that two servers never share a cluster is guarded by
 * PostgreSQL's own postmaster.pid.
 */
export async function withFolderLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(ownIdentity()), { mode: 0o600 });
  try {
    await acquire(path, draft);
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, draft: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS) {
    try {
      // A link appears with its content or not at all, so that nobody reads a half-written lock.
      await link(draft, path);
      return;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
    const holder = await readHolder(path);
    if (holder !== undefined && !isSameProcessAlive(holder)) await removeIfHeldBy(path, holder);
    else await delay(POLL_MS);
  }
  const holder = await readHolder(path);
  throw new EmbeddedPostgresError(
    `Process ${holder?.pid ?? 'unknown'} has been starting or stopping the embedded database for ` +
      `${MAX_WAIT_MS / 1000} seconds. Wait for it or end it, then start again.`,
  );
}

/** Moves the lock aside before deleting it; if another process took it over meanwhile, its lock is put back. */
async function removeIfHeldBy(path: string, dead: ProcessIdentity): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved !== undefined && !isSame(moved, dead)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function isSame(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.machine === b.machine && a.startTicks === b.startTicks;
}

async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
