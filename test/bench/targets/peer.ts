import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NodeProcess } from '../node-process';
import { PEER } from './paths';
import { CHAT_PATH, NOTHING_OWED, type Target } from './target';

const PACKAGE = join(PEER, 'node_modules', '@portkey-ai', 'gateway');
const INSTALL_DEADLINE_MS = 120_000;
const run = promisify(execFile);

/**
 * Portkey's gateway, at the versions of `peer/package-lock.json`: with later ones of hono its streams answer 500. It runs
 * as in production, without its log page.
 */
export async function startPeer(mockUrl: string): Promise<Target> {
  await install();
  const port = await freePort();
  const { process } = await NodeProcess.start({
    args: [join(PACKAGE, 'build', 'start-server.js'), `--port=${String(port)}`, '--headless'],
    cwd: PEER,
    env: {},
    ready: /Ready for connections/,
  });
  return {
    name: 'peer',
    url: `http://127.0.0.1:${String(port)}${CHAT_PATH}`,
    headers: {
      authorization: 'Bearer bench',
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${mockUrl}/v1`,
    },
    pid: process.pid,
    settle: NOTHING_OWED,
    stop: () => process.stop(),
  };
}

async function install(): Promise<void> {
  if (existsSync(PACKAGE) && installedVersion() === lockedVersion()) return;
  console.log("Installing the peer's packages ...");
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', args, { cwd: PEER, timeout: INSTALL_DEADLINE_MS });
}

function installedVersion(): string | undefined {
  return versionIn(join(PACKAGE, 'package.json'));
}

function lockedVersion(): string | undefined {
  const lock = JSON.parse(readFileSync(join(PEER, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  return lock.packages['node_modules/@portkey-ai/gateway']?.version;
}

function versionIn(path: string): string | undefined {
  return (JSON.parse(readFileSync(path, 'utf8')) as { version?: string }).version;
}

/** Its port is an argument, so one has to be found first. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
