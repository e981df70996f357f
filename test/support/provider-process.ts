import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A call that the provider served, and what it will bill for it in picodollars at 1 and 2 USD per million tokens. */
export interface ServedCall {
  readonly id: string;
  readonly picodollars: bigint;
}

export interface ProviderProcess {
  readonly url: string;
  /** The provider's own record of what it served. */
  served(): Promise<ServedCall[]>;
  stop(): Promise<void>;
}

export async function spawnProvider(path: string): Promise<ProviderProcess> {
  const child = spawn(
    process.execPath,
    ['-r', join(__dirname, 'register.js'), join(__dirname, 'recording-provider.ts'), path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    served: async () =>
      (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(servedCall),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function servedCall(line: string): ServedCall {
  const call = JSON.parse(line) as { id: string; prompt_tokens: number; completion_tokens: number };
  const tokens = BigInt(call.prompt_tokens + 2 * call.completion_tokens);
  return { id: call.id, picodollars: tokens * 1_000_000n };
}
