import { parseArgs } from 'node:util';
import { TARGET_NAMES, type TargetName } from './targets/target';

export interface BenchOptions {
  readonly targets: readonly TargetName[];
  readonly connections: readonly number[];
  readonly rounds: number;
  /** How long each target is kept busy before anything is measured, so that its code is compiled. */
  readonly firstWarmUpMs: number;
  /** Before each measurement. */
  readonly warmUpMs: number;
  readonly measuredMs: number;
  /** Streams per target and round, one after another. */
  readonly streams: number;
  /** Writes a CPU profile of spendgraph and says where the time goes. */
  readonly profile: boolean;
}

export const USAGE = `npm run bench -- [options]

  --quick               one short round, about a minute: whether it works, not how fast it is
  --rounds=3            rounds; each measures every target at every number of connections
  --seconds=3           measured seconds of each
  --connections=1,64    numbers of connections
  --targets=direct,...  of ${TARGET_NAMES.join(', ')}
  --profile             CPU profile of spendgraph as well; the figures then include its cost`;

const FULL = { rounds: 3, firstWarmUpMs: 15_000, warmUpMs: 1_000, measuredMs: 3_000, streams: 200 };
const QUICK = { rounds: 1, firstWarmUpMs: 6_000, warmUpMs: 300, measuredMs: 800, streams: 50 };
const CONNECTIONS = [1, 10, 64, 256];

export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      targets: { type: 'string' },
    },
  });
  const base = values.quick ? QUICK : FULL;
  return {
    ...base,
    profile: values.profile,
    targets: values.targets === undefined ? TARGET_NAMES : namesIn(values.targets),
    connections: values.connections === undefined ? CONNECTIONS : values.connections.split(',').map(positive),
    rounds: values.rounds === undefined ? base.rounds : positive(values.rounds),
    measuredMs: values.seconds === undefined ? base.measuredMs : positive(values.seconds) * 1_000,
  };
}

function namesIn(text: string): TargetName[] {
  return text.split(',').map((name) => {
    const known = TARGET_NAMES.find((each) => each === name);
    if (known === undefined) throw new Error(`There is no target "${name}".\n\n${USAGE}`);
    return known;
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`"${text}" is no positive number.\n\n${USAGE}`);
  return value;
}
