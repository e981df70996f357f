import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface NodeProcessOptions {
  /** Flags of node, the script and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the process prints when it is ready; its first group is the base address. */
  readonly ready: RegExp;
}

const START_DEADLINE_MS = 60_000;

/** A server under test in a process of its own. */
export class NodeProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    const keep = (piece: Buffer): void => {
      this.output += piece.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Starts it with nothing in its environment but PATH and what is given, and waits until it is ready. */
  static async start({ args, cwd, env, ready }: NodeProcessOptions): Promise<{
    process: NodeProcess;
    url: string;
  }> {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new NodeProcess(child);
    return { process: started, url: await started.waitFor(ready) };
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Tells it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }

  private waitFor(ready: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        reject(new Error(`${this.child.spawnargs.join(' ')}: ${why}\n${this.output}`));
      };
      const timer = setTimeout(() => {
        fail('was not ready in time.');
      }, START_DEADLINE_MS);
      const look = (): void => {
        const found = ready.exec(this.output);
        if (found === null) return;
        clearTimeout(timer);
        resolve(found[1] ?? '');
      };
      this.child.stdout?.on('data', look);
      this.child.once('exit', (code) => {
        clearTimeout(timer);
        fail(`ended with ${String(code)} before it was ready.`);
      });
    });
  }
}
