import { spawn } from 'node:child_process';
import type { ServerUser } from './server-user';

/** The server's programs get no environment of ours: it may hold keys, and PG… variables would change what they do. */
export const SERVER_ENV: Readonly<Record<string, string>> = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

export interface RunResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program of the server to its end, as the server's account. Rejects with a system error if it can't start. */
export function run(
  program: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      // Not our own folder, which the other account might not be allowed to enter.
      cwd: '/',
      env: SERVER_ENV,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...user,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8').trim() }),
    );
  });
}
