import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface OwnerProcess {
  readonly url: string;
  /** Ends it as an operator would: it stops the server if nobody else uses it. */
  leave(): Promise<void>;
  /** Ends it with SIGKILL, so that it can't clean up. */
  kill(): Promise<void>;
}

/** Starts a process of its own that uses the embedded server of the folder. Rejects with what that process reports. */
export async function startOwner(
  dataDir: string,
  user?: { uid: number; gid: number },
): Promise<OwnerProcess> {
  const args = [
    '-r',
    join(__dirname, 'register-typescript.js'),
    join(__dirname, 'embedded-postgres-owner.ts'),
    dataDir,
  ];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], ...user });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => ['{"error":"The process ended without a word."}']),
  ])) as [string];
  const report = JSON.parse(line) as { url: string } | { error: string };
  if ('error' in report) throw new Error(report.error);
  return {
    url: report.url,
    leave: () => ended(child, () => child.stdin.end()),
    kill: () => ended(child, () => child.kill('SIGKILL')),
  };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  const exit = once(child, 'exit');
  end();
  await exit;
}
