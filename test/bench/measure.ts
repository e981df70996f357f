import { CHAT, STREAMED_CHAT } from './chat-request';
import type { LoadJob, LoadResult } from './load/load-job';
import type { LoadProcess } from './load/load-process';
import type { BenchOptions } from './options';
import { busyCoresMs } from './machine';
import { usageOf, usageOfDescendants } from './process-usage';
import type { CpuPerRequest, Sample, StreamSample } from './sample';
import type { Target } from './targets/target';

const MICROS_PER_MS = 1_000;
const WARM_UP_CONNECTIONS = 64;

/** Puts load on targets and takes note of what it did to them. Every answer has to be a success. */
export class Meter {
  /** Successful answers of each target, warm-up included: what its ledger must show. */
  readonly successes = new Map<string, number>();

  constructor(
    private readonly load: LoadProcess,
    private readonly mockPid: number,
    private readonly options: BenchOptions,
  ) {}

  /**
   * The same time for every target, at the connections where it has most to do: a server that has been up for a while runs
   * compiled code, and a measurement at one connection alone would never get that far.
   */
  async warmUp(target: Target): Promise<void> {
    const { firstWarmUpMs, streams } = this.options;
    const connections = WARM_UP_CONNECTIONS;
    const load = { kind: 'CLOSED_LOOP' as const, connections, durationMs: firstWarmUpMs };
    await this.run(target, { ...load, target: { ...target, body: CHAT } });
    await this.run(target, { kind: 'FIRST_BYTE', target: { ...target, body: STREAMED_CHAT }, streams });
    await target.settle();
  }

  async sample(target: Target, connections: number, round: number): Promise<Sample> {
    const job = { kind: 'CLOSED_LOOP' as const, target: { ...target, body: CHAT }, connections };
    await this.run(target, { ...job, durationMs: this.options.warmUpMs });
    await target.settle();
    const before = this.cpu(target);
    const busyBeforeMs = busyCoresMs();
    const startedMs = performance.now();
    const result = await this.run(target, { ...job, durationMs: this.options.measuredMs });
    // What has been answered and not yet booked is work that the calls still cost.
    const settleMs = await target.settle();
    const elapsedMs = performance.now() - startedMs;
    const busyMs = busyCoresMs() - busyBeforeMs;
    const after = this.cpu(target);
    const cpuMicros = perRequest(before, after, result.answers);
    const ownMicros =
      cpuMicros.server +
      cpuMicros.database +
      cpuMicros.load +
      (target.pid === this.mockPid ? 0 : cpuMicros.mock);
    return {
      target: target.name,
      connections,
      round,
      requestsPerSecond: (result.answers * 1_000) / (result.elapsedMs + settleMs),
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      cpuMicros,
      serverMb: usageOf(target.pid).memoryMb,
      databaseMb: usageOfDescendants(target.pid).memoryMb,
      settleMs,
      otherCores: Math.max(0, busyMs - (ownMicros * result.answers) / MICROS_PER_MS) / elapsedMs,
    };
  }

  async sampleStreams(target: Target, round: number): Promise<StreamSample> {
    const job = { kind: 'FIRST_BYTE' as const, target: { ...target, body: STREAMED_CHAT } };
    await this.run(target, { ...job, streams: Math.ceil(this.options.streams / 4) });
    const result = await this.run(target, { ...job, streams: this.options.streams });
    await target.settle();
    return {
      target: target.name,
      round,
      firstByteP50Ms: result.p50Ms,
      firstByteP99Ms: result.p99Ms,
    };
  }

  private async run(target: Target, job: LoadJob): Promise<LoadResult> {
    const { url, headers, body } = job.target;
    const result = await this.load.run({ ...job, target: { url, headers, body } });
    const good = Object.entries(result.statuses)
      .filter(([status]) => status.startsWith('2'))
      .reduce((sum, [, count]) => sum + count, 0);
    this.successes.set(target.name, (this.successes.get(target.name) ?? 0) + good);
    if (good !== result.answers || result.firstFailure !== null)
      throw new Error(
        `${target.name} gave answers that are no success: ${JSON.stringify(result.statuses)}\n${result.firstFailure ?? ''}`,
      );
    return result;
  }

  private cpu(target: Target): CpuPerRequest {
    return {
      server: usageOf(target.pid).cpuMs,
      database: usageOfDescendants(target.pid).cpuMs,
      mock: usageOf(this.mockPid).cpuMs,
      load: usageOf(this.load.pid).cpuMs,
    };
  }
}

function perRequest(before: CpuPerRequest, after: CpuPerRequest, requests: number): CpuPerRequest {
  const micros = (from: number, to: number): number => ((to - from) * MICROS_PER_MS) / requests;
  return {
    server: micros(before.server, after.server),
    database: micros(before.database, after.database),
    mock: micros(before.mock, after.mock),
    load: micros(before.load, after.load),
  };
}
