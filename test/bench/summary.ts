import { median } from './load/percentile';
import type { Sample, StreamSample } from './sample';
import type { TargetName } from './targets/target';

/** Medians over the rounds. What a target adds is compared with the direct figure of the same round. */
export interface Row {
  readonly target: TargetName;
  readonly connections: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly addedP50Ms: number | null;
  readonly addedP99Ms: number | null;
  readonly serverCpuMicros: number;
  readonly databaseCpuMicros: number;
  /**
   * Busy cores: of the target, its database, the mock, the load and whatever else ran on the machine. Where they add up
   * to all that there are, the machine is the bound.
   */
  readonly busyCores: { server: number; database: number; mock: number; load: number; others: number };
  readonly serverMb: number;
  readonly databaseMb: number;
}

export interface StreamRow {
  readonly target: TargetName;
  readonly firstByteP50Ms: number;
  readonly firstByteP99Ms: number;
  readonly addedP50Ms: number | null;
}

const MICROS_PER_SECOND = 1_000_000;

export function rowsOf(samples: readonly Sample[]): Row[] {
  const direct = samples.filter(({ target }) => target === 'direct');
  return groupsOf(samples, ({ connections, target }) => `${String(connections)} ${target}`).flatMap(
    (group) => {
      const [first] = group;
      if (!first) return [];
      const of = (read: (sample: Sample) => number): number => median(group.map(read));
      const added = (read: (sample: Sample) => number): number | null =>
        medianDifference(
          group,
          direct,
          read,
          (a, b) => a.round === b.round && a.connections === b.connections,
        );
      const cores = (read: (sample: Sample) => number): number =>
        of((sample) => (read(sample) * sample.requestsPerSecond) / MICROS_PER_SECOND);
      return [
        {
          target: first.target,
          connections: first.connections,
          requestsPerSecond: of((each) => each.requestsPerSecond),
          p50Ms: of((each) => each.p50Ms),
          p99Ms: of((each) => each.p99Ms),
          addedP50Ms: added((each) => each.p50Ms),
          addedP99Ms: added((each) => each.p99Ms),
          serverCpuMicros: of((each) => each.cpuMicros.server),
          databaseCpuMicros: of((each) => each.cpuMicros.database),
          busyCores: {
            server: cores((each) => each.cpuMicros.server),
            database: cores((each) => each.cpuMicros.database),
            mock: first.target === 'direct' ? 0 : cores((each) => each.cpuMicros.mock),
            load: cores((each) => each.cpuMicros.load),
            others: of((each) => each.otherCores),
          },
          serverMb: of((each) => each.serverMb),
          databaseMb: of((each) => each.databaseMb),
        },
      ];
    },
  );
}

export function streamRowsOf(samples: readonly StreamSample[]): StreamRow[] {
  const direct = samples.filter(({ target }) => target === 'direct');
  return groupsOf(samples, ({ target }) => target).map((group) => ({
    target: group[0]?.target ?? 'direct',
    firstByteP50Ms: median(group.map((each) => each.firstByteP50Ms)),
    firstByteP99Ms: median(group.map((each) => each.firstByteP99Ms)),
    addedP50Ms: medianDifference(
      group,
      direct,
      (each) => each.firstByteP50Ms,
      (a, b) => a.round === b.round,
    ),
  }));
}

function groupsOf<Each>(all: readonly Each[], keyOf: (each: Each) => string): Each[][] {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return [...groups.values()];
}

/** Null when nothing was measured to compare with. */
function medianDifference<Each>(
  group: readonly Each[],
  base: readonly Each[],
  read: (each: Each) => number,
  match: (a: Each, b: Each) => boolean,
): number | null {
  const differences = group.flatMap((each) => {
    const other = base.find((candidate) => match(each, candidate));
    return other === undefined ? [] : [read(each) - read(other)];
  });
  return differences.length === 0 ? null : median(differences);
}
