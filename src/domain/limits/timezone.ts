import { DAY_MS, HOUR_MS, SECOND_MS, floorTo } from './time-units';

/** A stretch of time, from inclusive and until exclusive, through which a zone keeps one offset from UTC. */
export interface OffsetRun {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

/** No zone was ever further ahead of UTC, local mean times included. */
const GREATEST_OFFSET_MS = 16 * HOUR_MS;
const MAX_DAYS_KEPT = 512;
const MAX_ZONES_KEPT = 1_000;
const LOCAL_TIME = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

/**
 * One IANA zone's offsets. Asking Intl costs about 2 µs, so every UTC day that is asked about is looked up once and
 * kept as runs; a transition inside the day is found to the second by bisection.
 */
export class Timezone {
  private readonly format: Intl.DateTimeFormat;
  private readonly runsByDay = new Map<number, readonly OffsetRun[]>();
  private last: OffsetRun;

  /** Throws RangeError when the platform knows no such zone. */
  constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const isUtc = this.format.resolvedOptions().timeZone === 'UTC';
    this.last = isUtc
      ? { fromMs: -Infinity, untilMs: Infinity, offsetMs: 0 }
      : { fromMs: 0, untilMs: 0, offsetMs: 0 };
  }

  /** A run around the instant. It ends at a UTC midnight at the latest, even if the offset lasts for longer. */
  runAt(instantMs: number): OffsetRun {
    const last = this.last;
    if (instantMs >= last.fromMs && instantMs < last.untilMs) return last;
    const run = this.runsOfDay(floorTo(instantMs, DAY_MS)).find((each) => instantMs < each.untilMs);
    if (run === undefined) throw new RangeError(`${instantMs} is not an instant`);
    this.last = run;
    return run;
  }

  /** What a clock on the wall shows at the instant, as milliseconds of a calendar without zone. */
  wallAt(instantMs: number): number {
    return instantMs + this.runAt(instantMs).offsetMs;
  }

  /**
   * The first instant at which the wall clock shows the given time or a later one. So a time that is skipped when
   * clocks go forward is the moment of the change, and a time that comes twice when they go back is its first coming.
   */
  firstInstantShowing(wallMs: number): number {
    let run = this.runAt(wallMs - GREATEST_OFFSET_MS);
    while (wallMs - run.offsetMs >= run.untilMs) run = this.runAt(run.untilMs);
    return Math.max(wallMs - run.offsetMs, run.fromMs);
  }

  private runsOfDay(dayMs: number): readonly OffsetRun[] {
    const known = this.runsByDay.get(dayMs);
    if (known) return known;
    const runs: OffsetRun[] = [];
    let fromMs = dayMs;
    while (fromMs < dayMs + DAY_MS) {
      const offsetMs = this.lookUpOffset(fromMs);
      const untilMs = this.endOfOffset(fromMs, dayMs + DAY_MS, offsetMs);
      runs.push({ fromMs, untilMs, offsetMs });
      fromMs = untilMs;
    }
    if (this.runsByDay.size >= MAX_DAYS_KEPT) this.runsByDay.clear();
    this.runsByDay.set(dayMs, runs);
    return runs;
  }

  /** The first second after `fromMs` with another offset, or `limitMs` when the offset at its end is still the same. */
  private endOfOffset(fromMs: number, limitMs: number, offsetMs: number): number {
    if (this.lookUpOffset(limitMs - SECOND_MS) === offsetMs) return limitMs;
    let same = fromMs;
    let other = limitMs - SECOND_MS;
    while (other - same > SECOND_MS) {
      const middle = floorTo((same + other) / 2, SECOND_MS);
      if (this.lookUpOffset(middle) === offsetMs) same = middle;
      else other = middle;
    }
    return other;
  }

  private lookUpOffset(secondMs: number): number {
    const parts = LOCAL_TIME.exec(this.format.format(secondMs));
    if (!parts) throw new RangeError(`${secondMs} is not an instant of the common era`);
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - secondMs;
  }
}

const zones = new Map<string, Timezone>();

/** The zone of that name, made once. Throws RangeError for an unknown name: check it with `isTimezoneName` first. */
export function timezoneNamed(name: string): Timezone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new Timezone(name);
  // Names are read in any case, so a caller could otherwise fill the memory with spellings of one zone.
  if (zones.size >= MAX_ZONES_KEPT) zones.clear();
  zones.set(name, zone);
  return zone;
}

/** Whether the name is in the platform's IANA database. Bare offsets such as "+02:00" are no zone names. */
export function isTimezoneName(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    timezoneNamed(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
