import fc from 'fast-check';
import { histories, type Command } from './commands';
import { playHistory } from './history';
import type { Rig } from './rig';

export interface Outcome {
  readonly runs: number;
  readonly commands: number;
  /** What went wrong, with the seed, the path and the shortest history found; null when nothing did. */
  readonly failure: string | null;
}

export interface PropertyOptions {
  readonly runs: number;
  /** Always the same histories; without it, new ones every time. */
  readonly seed?: number;
  /** Leaves the failing history as it was found. */
  readonly isUnshrunk?: boolean;
}

/** Looking for a shorter failing history ends after this time, so that a failure is told before the test is. */
const TIME_LIMIT_MS = 150_000;

let played = 0;

/**
 * Plays random histories. LEDGER_MODEL_SEED, and LEDGER_MODEL_PATH for one history of it, replay what a failure printed.
 */
export async function playHistories(rig: Rig, options: PropertyOptions): Promise<Outcome> {
  const { seed, path } = options.seed === undefined ? replayed() : { seed: options.seed, path: undefined };
  let commands = 0;
  const property = fc.asyncProperty(histories, async (history: readonly Command[]) => {
    commands += history.length;
    await playHistory(rig, `r${played++}`, history);
  });
  const details = await fc.check(property, {
    numRuns: options.runs,
    interruptAfterTimeLimit: TIME_LIMIT_MS,
    endOnFailure: options.isUnshrunk ?? false,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed) return { runs: details.numRuns, commands, failure: null };
  const replay = `LEDGER_MODEL_SEED=${details.seed} LEDGER_MODEL_PATH=${details.counterexamplePath ?? ''}`;
  const report = await fc.asyncDefaultReportMessage(details);
  const fault =
    details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return { runs: details.numRuns, commands, failure: `${fault}\nReplay with ${replay}\n${report ?? ''}` };
}

function replayed(): { seed: number | undefined; path: string | undefined } {
  const { LEDGER_MODEL_SEED: seed, LEDGER_MODEL_PATH: path } = process.env;
  return { seed: seed === undefined ? undefined : Number(seed), path };
}
