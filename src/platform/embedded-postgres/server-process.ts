import { spawn } from 'node:child_process';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { writeServerSettings } from './cluster';
import { EmbeddedPostgresError, USE_OWN_POSTGRES } from './embedded-postgres-error';
import type { Layout } from './layout';
import { isAlive, programName } from './process-identity';
import { run, SERVER_ENV } from './run';

const POLL_MS = 20;
/** Recovery after a crash may have a gigabyte of log to replay. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const RETRY_MS = 200;
const OLD_SERVER_TIMEOUT_MS = 30_000;

export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on this cluster and accepts connections; waits for one that is starting or stopping. */
export async function findServer(layout: Layout): Promise<ServerProcess | undefined> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    const file = await readPidFile(layout);
    if (file === undefined || !isAlive(file.pid)) return undefined;
    const program = programName(file.pid);
    if (program !== null && program !== 'postgres') {
      // The crashed server's id now belongs to another program, which would make PostgreSQL refuse to start.
      await rm(pidFilePath(layout), { force: true });
      return undefined;
    }
    if (file.status === 'ready') return file;
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError(
    `The embedded database did not become ready within ${START_TIMEOUT_MS / 1000} seconds. Its log is in ` +
      `${join(layout.cluster, 'log')}. ${USE_OWN_POSTGRES}`,
  );
}

/** Starts the server and waits until it accepts connections, its recovery after a crash included. */
export async function startServer(
  layout: Layout,
  binaries: Binaries,
  wantedPort?: number,
): Promise<ServerProcess> {
  const port = wantedPort ?? (await choosePort(layout));
  await writeServerSettings(layout, port);
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const outcome = await launch(layout, binaries);
    if (typeof outcome !== 'string') return outcome;
    // The workers of a server that was killed take a moment to notice, and until then the data is theirs.
    const isOldServerEnding = outcome.includes('pre-existing shared memory block');
    if (!isOldServerEnding || waitedMs >= OLD_SERVER_TIMEOUT_MS) {
      throw new EmbeddedPostgresError(`The embedded database did not start: ${outcome}. ${USE_OWN_POSTGRES}`);
    }
    await delay(RETRY_MS);
  }
}

/** In a session of its own, so that Ctrl-C in our terminal doesn't reach it before we stop it. Returns why it failed. */
async function launch(layout: Layout, binaries: Binaries): Promise<ServerProcess | string> {
  const output = await open(layout.startLog, 'w', 0o600);
  const child = spawn(binaries.postgres, ['-D', layout.cluster], {
    cwd: '/',
    env: SERVER_ENV,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output.fd, output.fd],
    ...layout.user,
  });
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `code ${String(code)}`}`));
  child.unref();
  await output.close();
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS && failure === undefined; waitedMs += POLL_MS) {
    const file = await readPidFile(layout);
    if (file?.pid === child.pid && file?.status === 'ready') return file;
    await delay(POLL_MS);
  }
  return `${failure ?? 'it was not ready in time'}: ${await lastWords(layout)}`;
}

/** A fast shutdown: sessions are ended, what is committed is on disk. */
export async function stopServer(layout: Layout, binaries: Binaries): Promise<void> {
  const file = await readPidFile(layout);
  if (file === undefined || !isAlive(file.pid)) return;
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['stop', '-D', layout.cluster, '-m', 'fast', '-w'], layout.user);
    return;
  }
  process.kill(file.pid, 'SIGINT');
  for (let waitedMs = 0; waitedMs < STOP_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (!isAlive(file.pid)) return;
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError(`The embedded database (process ${file.pid}) did not stop in time.`);
}

/** The port of the last start if it is still free, so that the address stays the same; else any free one. */
async function choosePort(layout: Layout): Promise<number> {
  const last = Number(await readFile(layout.port, 'utf8').catch(() => '0'));
  const port = await bindOnce(last).catch(() => bindOnce(0));
  await writeFile(layout.port, String(port), { mode: 0o600 });
  return port;
}

function bindOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

/** Line by line: pid, folder, start time, port, socket folder, address, shared memory, status (PostgreSQL, miscadmin.h). */
async function readPidFile(layout: Layout): Promise<(ServerProcess & { status: string }) | undefined> {
  const text = await readFile(pidFilePath(layout), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (lines[0] === '' || !Number.isInteger(pid)) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7] ?? '' };
}

function pidFilePath(layout: Layout): string {
  return join(layout.cluster, 'postmaster.pid');
}

async function lastWords(layout: Layout): Promise<string> {
  const text = await readFile(layout.startLog, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join(' ');
}
