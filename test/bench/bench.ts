import { LoadProcess } from './load/load-process';
import { Meter } from './measure';
import type { BenchOptions } from './options';
import type { Sample, StreamSample } from './sample';
import { startPeer } from './targets/peer';
import { startBareProxy, startDirect } from './targets/plain-targets';
import { startSpendgraph, type SpendgraphTarget } from './targets/spendgraph';
import type { Target, TargetName } from './targets/target';

/** The servers of one run. All stay up from first to last, so that the rounds can be interleaved. */
export interface Servers {
  readonly targets: readonly Target[];
  readonly direct: Target;
  readonly spendgraph: SpendgraphTarget | null;
  /** Why a target that was asked for is missing. */
  readonly skipped: readonly string[];
  stop(): Promise<void>;
}

export async function startServers(options: BenchOptions, nodeFlags: readonly string[]): Promise<Servers> {
  const started: Target[] = [];
  const stop = async (): Promise<void> => {
    for (const target of [...started].reverse()) await target.stop();
  };
  const wants = (name: TargetName): boolean => options.targets.includes(name);
  const skipped: string[] = [];
  try {
    const { target: direct, mockUrl } = await startDirect();
    started.push(direct);
    if (wants('bare-proxy')) started.push(await startBareProxy(mockUrl));
    if (wants('peer')) {
      const peer = await startPeer(mockUrl).catch((error: unknown) => {
        skipped.push(`The peer is left out, for it could not be installed or started: ${String(error)}`);
        return null;
      });
      if (peer) started.push(peer);
    }
    const spendgraph = wants('spendgraph') ? await startSpendgraph(mockUrl, nodeFlags) : null;
    if (spendgraph) started.push(spendgraph);
    const targets = started.filter(({ name }) => wants(name));
    return { targets, direct, spendgraph, skipped, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface Measurements {
  readonly samples: readonly Sample[];
  readonly streams: readonly StreamSample[];
  /** Successful answers of spendgraph, of whatever kind and phase. */
  readonly answeredCalls: number;
}

/** Round after round, every target at every number of connections, each round beginning with another target. */
export async function measureRounds(
  { targets, direct }: Servers,
  options: BenchOptions,
  progress: (text: string) => void,
): Promise<Measurements> {
  const load = new LoadProcess();
  const meter = new Meter(load, direct.pid, options);
  const samples: Sample[] = [];
  const streams: StreamSample[] = [];
  try {
    for (const target of targets) {
      progress(`warming up ${target.name}`);
      await meter.warmUp(target);
    }
    for (let round = 0; round < options.rounds; round++) {
      const first = round % targets.length;
      const order = [...targets.slice(first), ...targets.slice(0, first)];
      for (const connections of options.connections) {
        progress(
          `round ${String(round + 1)} of ${String(options.rounds)}, ${String(connections)} connections`,
        );
        for (const target of order) samples.push(await meter.sample(target, connections, round));
      }
      for (const target of order) streams.push(await meter.sampleStreams(target, round));
    }
  } finally {
    load.stop();
  }
  return { samples, streams, answeredCalls: meter.successes.get('spendgraph') ?? 0 };
}
