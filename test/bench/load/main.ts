import { ClosedLoop } from './closed-loop';
import { measureFirstBytes } from './first-byte';
import type { LoadJob, LoadReply, LoadResult } from './load-job';

/** A process of its own, so that making requests takes nothing from what they are made to. */
process.on('message', (job: LoadJob) => {
  run(job).then(
    (result) => reply({ result }),
    (error: unknown) => reply({ error: String(error) }),
  );
});

function run(job: LoadJob): Promise<LoadResult> {
  if (job.kind === 'FIRST_BYTE') return measureFirstBytes(job.target, job.streams);
  return new ClosedLoop(job.target).run(job.connections, job.durationMs);
}

function reply(message: LoadReply): void {
  process.send?.(message);
}
