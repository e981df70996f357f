import {
  DAYS_PER_PERIOD,
  DAY_MS,
  MINUTE_MS,
  ELAPSED_PERIOD_MS,
  MONTHS_PER_PERIOD,
  dayOfMonthMs,
  floorTo,
  isDayPeriod,
  isElapsedPeriod,
  monthsSince1970,
} from './time-units';
import { timezoneNamed, type Timezone } from './timezone';
import type { Window, WindowPeriod, WindowSpec } from './window-spec';

/** 1 January 1970 was a Thursday. */
const EPOCH_DAY_OF_WEEK = 4;

/** The starts of a spec's windows on the wall clock, numbered in order; number 0 is at the origin or the anchor. */
interface WallStarts {
  at(index: number): number;
  /** The last number whose start is not after the time, give or take one. */
  indexNear(wallMs: number): number;
}

/** The window of a day or more that holds the instant: it starts and ends at times of the zone's wall clock. */
export function dateWindowAt(
  spec: WindowSpec,
  period: Exclude<WindowPeriod, 'TOTAL'>,
  instantMs: number,
): Window {
  const zone = timezoneNamed(spec.timezone);
  const starts = wallStarts(spec, period, zone);
  const startOf = (index: number): number => {
    // An anchor in the second coming of a repeated hour would otherwise move to the first.
    if (index === 0 && spec.anchorMs !== null) return spec.anchorMs;
    return zone.firstInstantShowing(starts.at(index));
  };
  let index = starts.indexNear(zone.wallAt(instantMs));
  let startsAtMs = startOf(index);
  while (startsAtMs > instantMs) startsAtMs = startOf(--index);
  let endsAtMs = startOf(index + 1);
  while (endsAtMs <= instantMs) {
    startsAtMs = endsAtMs;
    endsAtMs = startOf(++index + 1);
  }
  return { startsAtMs, endsAtMs };
}

function wallStarts(spec: WindowSpec, period: Exclude<WindowPeriod, 'TOTAL'>, zone: Timezone): WallStarts {
  const startOfDayMs = spec.startOfDayMinutes * MINUTE_MS;
  const anchorWallMs = spec.anchorMs === null ? null : zone.wallAt(spec.anchorMs);
  if (isElapsedPeriod(period)) return everyMs(startOfDayMs, ELAPSED_PERIOD_MS[period] * spec.count);
  if (isDayPeriod(period)) {
    const originMs = period === 'WEEK' ? firstWeekMs(spec.firstDayOfWeek) + startOfDayMs : startOfDayMs;
    return everyMs(anchorWallMs ?? originMs, DAYS_PER_PERIOD[period] * spec.count * DAY_MS);
  }
  const months = MONTHS_PER_PERIOD[period] * spec.count;
  if (anchorWallMs === null) return everyMonths(spec.fiscalStartMonth - 1, 1, startOfDayMs, months);
  const timeOfDayMs = anchorWallMs - floorTo(anchorWallMs, DAY_MS);
  return everyMonths(monthsSince1970(anchorWallMs), new Date(anchorWallMs).getUTCDate(), timeOfDayMs, months);
}

function everyMs(originMs: number, stepMs: number): WallStarts {
  return {
    at: (index) => originMs + index * stepMs,
    indexNear: (wallMs) => Math.floor((wallMs - originMs) / stepMs),
  };
}

function everyMonths(
  originMonth: number,
  dayOfMonth: number,
  timeOfDayMs: number,
  stepMonths: number,
): WallStarts {
  return {
    at: (index) => dayOfMonthMs(originMonth + index * stepMonths, dayOfMonth) + timeOfDayMs,
    indexNear: (wallMs) => Math.floor((monthsSince1970(wallMs) - originMonth) / stepMonths),
  };
}

/** The start of the week that holds 1 January 1970, at midnight. */
function firstWeekMs(firstDayOfWeek: number): number {
  return -((EPOCH_DAY_OF_WEEK - firstDayOfWeek + 7) % 7) * DAY_MS;
}
