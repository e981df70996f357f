import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { LoadJob, LoadReply, LoadResult } from './load-job';

/** The process that makes the load, one job at a time. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(join(__dirname, 'main.js'));

  get pid(): number {
    return this.child.pid ?? 0;
  }

  run(job: LoadJob): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      const exited = (): void => {
        reject(new Error('The load process ended before its job was done.'));
      };
      this.child.once('exit', exited);
      this.child.once('message', (reply: LoadReply) => {
        this.child.off('exit', exited);
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.result);
      });
      this.child.send(job);
    });
  }

  stop(): void {
    this.child.kill();
  }
}
