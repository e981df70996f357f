import { HOUR_MS, MINUTE_MS, floorTo } from './time-units';
import { timezoneNamed, type OffsetRun, type Timezone } from './timezone';
import type { Window, WindowSpec } from './window-spec';

/**
 * Since October 1979, when the Line Islands gave up their 10 hours 40, every zone has been a whole number of quarters of
 * an hour from UTC (a test asks all of them), so windows that divide a quarter lie the same in all and need no zone.
 */
const QUARTERS_SINCE_MS = Date.UTC(1980, 0, 1);
const QUARTER_HOUR_MS = HOUR_MS / 4;

/** What the boundaries are multiples of: the window's length, shifted by the start of day. */
interface Grid {
  readonly lengthMs: number;
  readonly shiftMs: number;
}

/**
 * The window, shorter than a day, that holds the instant by the wall clock. A window starts whenever the clock reads a
 * multiple of its length or jumps forward over one, and so starts again when clocks go back to it: one-hour windows
 * keep sixty minutes on the night in which an hour comes twice. A change by a multiple of the length breaks nothing.
 */
export function clockWindowAt(spec: WindowSpec, lengthMs: number, instantMs: number): Window {
  const grid = { lengthMs, shiftMs: spec.startOfDayMinutes * MINUTE_MS };
  if (QUARTER_HOUR_MS % lengthMs === 0 && instantMs >= QUARTERS_SINCE_MS) {
    const startsAtMs = multipleBefore(grid, instantMs, 0);
    return { startsAtMs, endsAtMs: startsAtMs + lengthMs };
  }
  const zone = timezoneNamed(spec.timezone);
  return { startsAtMs: startBefore(grid, zone, instantMs), endsAtMs: startAfter(grid, zone, instantMs) };
}

function startBefore(grid: Grid, zone: Timezone, instantMs: number): number {
  let run = zone.runAt(instantMs);
  let startMs = multipleBefore(grid, instantMs, run.offsetMs);
  while (startMs < run.fromMs) {
    const earlier = zone.runAt(run.fromMs - 1);
    if (breaksGrid(grid, earlier, run)) {
      if (startsWindow(grid, earlier, run)) return run.fromMs;
      startMs = multipleBefore(grid, run.fromMs - 1, earlier.offsetMs);
    }
    run = earlier;
  }
  return startMs;
}

function startAfter(grid: Grid, zone: Timezone, instantMs: number): number {
  let run = zone.runAt(instantMs);
  let startMs = multipleBefore(grid, instantMs, run.offsetMs) + grid.lengthMs;
  while (startMs >= run.untilMs) {
    const later = zone.runAt(run.untilMs);
    if (breaksGrid(grid, run, later)) {
      if (startsWindow(grid, run, later)) return later.fromMs;
      startMs = multipleBefore(grid, later.fromMs, later.offsetMs) + grid.lengthMs;
    }
    run = later;
  }
  return startMs;
}

/** The last instant, not after the given one, at which a clock of that offset reads a multiple. */
function multipleBefore(grid: Grid, instantMs: number, offsetMs: number): number {
  const originMs = grid.shiftMs - offsetMs;
  return floorTo(instantMs - originMs, grid.lengthMs) + originMs;
}

function breaksGrid(grid: Grid, before: OffsetRun, after: OffsetRun): boolean {
  return (after.offsetMs - before.offsetMs) % grid.lengthMs !== 0;
}

/** Whether the clock, changed where `after` begins, reads a multiple there or has jumped forward over one. */
function startsWindow(grid: Grid, before: OffsetRun, after: OffsetRun): boolean {
  const changeMs = after.fromMs;
  const multipleMs = multipleBefore(grid, changeMs, after.offsetMs);
  if (multipleMs === changeMs) return true;
  const lastReadMs = multipleBefore(grid, changeMs - 1, before.offsetMs) + before.offsetMs;
  return multipleMs + after.offsetMs > lastReadMs;
}
