import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A server in a process of its own, to be killed. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything it has printed. */
  output(): string;
  /** Sends the signal and waits until the process is gone. Returns its exit code, or null when a signal ended it. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

const ROOT = join(__dirname, '..', '..');

/** Starts `src/main.ts` with nothing in its environment but PATH and what is given; resolves when it is ready. */
export async function spawnServer(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = launchServer(environment);
  await server.ready;
  return server;
}

/** The same without waiting: the process may be killed before it is ready. */
export function launchServer(
  environment: Readonly<Record<string, string>>,
): ServerProcess & { readonly ready: Promise<string> } {
  const child = spawn(
    process.execPath,
    ['-r', join(__dirname, 'register.js'), join(ROOT, 'src', 'main.ts')],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'test',
        HOST: '127.0.0.1',
        PORT: '0',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
  let url = '';
  const ready = readyUrl(child, () => output).then((told) => (url = told));
  // Whoever kills it before does not wait for it.
  ready.catch(() => undefined);
  return {
    ready,
    get url() {
      return url;
    },
    pid: child.pid ?? 0,
    output: () => output,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /GraphQL\s+(\S+)\/graphql/.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it was ready:\n${output()}`)),
    );
  });
}
