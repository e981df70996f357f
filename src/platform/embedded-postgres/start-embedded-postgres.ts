import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../logger';
import { systemErrorCode } from '../system-error';
import { findBinaries, type Binaries } from './binaries';
import { ensureCluster, readPassword, SUPERUSER } from './cluster';
import { explainRefusal } from './embedded-postgres-error';
import { withFolderLock } from './folder-lock';
import { prepareLayout, type Layout } from './layout';
import { countLiveOwners, refuseForeignOwners, registerOwner } from './owners';
import { findServer, startServer, stopServer } from './server-process';

const DATABASE = 'spendgraph';
const MAX_ATTEMPTS = 5;
const RETRY_MS = 200;
/** Of the socket, and of PostgreSQL when it shuts down (57P01) or is not open yet (57P03). */
const LOST_CONNECTION = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', '57P01', '57P03']);

export interface EmbeddedPostgresOptions {
  /** Folder that keeps the data; created if it isn't there. */
  readonly dataDir: string;
  /** Port on 127.0.0.1. Default: the last one used, else any free one. Ignored if the server already runs. */
  readonly port?: number;
  readonly log: Log;
}

export interface EmbeddedPostgres {
  /** Address of the database, password included. */
  readonly url: string;
  /** Leaves the server, and stops it unless another process still uses it. May be called again. */
  stop(): Promise<void>;
}

/**
 * Runs PostgreSQL on the data folder, or joins the server that already runs on it: one of another process, or one
 * that outlived its process. Throws EmbeddedPostgresError, whose message tells the operator what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw explainRefusal(error, resolve(options.dataDir));
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const layout = await prepareLayout(options.dataDir, log);
  const binaries = await findBinaries(layout.home, layout.user, log);
  return withFolderLock(layout.lock, async () => {
    await refuseForeignOwners(layout.owners);
    await countLiveOwners(layout.owners);
    const registration = await registerOwner(layout.owners);
    try {
      const url = await reachDatabase(layout, binaries, options);
      return { url, stop: once(() => leave(layout, binaries, registration, log)) };
    } catch (error) {
      await registration.remove();
      throw error;
    }
  });
}

/** Tries again when the server that was about to be joined ends at that moment. */
async function reachDatabase(
  layout: Layout,
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const url = await adoptOrStart(layout, binaries, options);
    try {
      await createDatabase(url);
      return url;
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isConnectionLoss(error)) throw error;
      await delay(RETRY_MS);
    }
  }
}

async function adoptOrStart(
  layout: Layout,
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
): Promise<string> {
  const running = await findServer(layout);
  if (running !== undefined) {
    options.log.info(`Using the embedded PostgreSQL that already runs on port ${running.port}.`);
    return addressOf(layout, running.port);
  }
  await ensureCluster(layout, binaries);
  const started = await startServer(layout, binaries, options.port);
  options.log.info(
    `Embedded PostgreSQL ${binaries.major} runs on 127.0.0.1:${started.port}, data in ${layout.cluster}.`,
  );
  return addressOf(layout, started.port);
}

async function leave(
  layout: Layout,
  binaries: Binaries,
  registration: { remove(): Promise<void> },
  log: Log,
): Promise<void> {
  await withFolderLock(layout.lock, async () => {
    await registration.remove();
    const others = await countLiveOwners(layout.owners);
    if (others > 0) log.info(`Embedded PostgreSQL keeps running: ${others} other process(es) use it.`);
    else await stopServer(layout, binaries);
  });
}

async function addressOf(layout: Layout, port: number): Promise<string> {
  return `postgres://${SUPERUSER}:${await readPassword(layout)}@127.0.0.1:${port}/${DATABASE}`;
}

async function createDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  // A loss fails the query under way, which is enough; an event without a listener would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function isConnectionLoss(error: unknown): boolean {
  const code = systemErrorCode(error);
  if (code !== undefined) return LOST_CONNECTION.has(code);
  return error instanceof Error && error.message.startsWith('Connection terminated');
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
