import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MASTER_KEY, seed } from './seed';

const ROOT = join(__dirname, '../..');
const POLL_MS = 100;
const ATTEMPTS = 600;

/** Starts the built server as a newcomer does, with what is to be looked at in it. Playwright calls what it returns at the end. */
async function startServer(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'spendgraph-ui-'));
  // The database runs as a user of its own when the tests run as root.
  await chmod(folder, 0o711);
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      ...{ PORT: String(port), SPENDGRAPH_DATA_DIR: folder, SPENDGRAPH_MASTER_KEY: MASTER_KEY },
    },
    stdio: 'ignore',
  });
  await untilReady(url);
  await seed(url);
  process.env['SPENDGRAPH_UI_URL'] = url;
  return async () => {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    await rm(folder, { recursive: true, force: true });
  };
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await fetch(`${url}/health/readiness`).catch(() => null);
    if (answer?.ok === true) return;
    await delay(POLL_MS);
  }
  throw new Error('The server did not become ready.');
}

module.exports = startServer;
