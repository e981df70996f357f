export interface Timing {
  readonly perSecond: number;
  readonly microseconds: number;
}

/** How often a task runs in a second, in one thread: the best of some rounds, because others share the machine. */
export function timed(task: () => void, roundMs = 700, rounds = 3): Timing {
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    const started = process.hrtime.bigint();
    const until = started + BigInt(roundMs) * 1_000_000n;
    let runs = 0;
    let now = started;
    while (now < until) {
      for (let repeat = 0; repeat < 64; repeat++) task();
      runs += 64;
      now = process.hrtime.bigint();
    }
    best = Math.max(best, runs / (Number(now - started) / 1e9));
  }
  return { perSecond: best, microseconds: 1e6 / best };
}
