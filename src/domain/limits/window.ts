import { assert } from '../assert';
import { clockWindowAt } from './clock-window';
import { dateWindowAt } from './date-window';
import { DAY_MS, ELAPSED_PERIOD_MS, floorTo, isElapsedPeriod } from './time-units';
import { LAST_INSTANT_MS, type Window, type WindowSpec } from './window-spec';

export type { Window } from './window-spec';

/**
 * The window that holds the instant (1970 to 9999; anything else is a fault of the caller). Windows of one spec follow
 * each other without gap or overlap: the window at `endsAtMs` starts there. The spec must be a valid one.
 *
 * - TOTAL: from the epoch, for ever.
 * - CALENDAR SECOND, MINUTE, HOUR: multiples of the window's length counted from the start of day of 1 January 1970 on
 *   the wall clock of the zone. A length that divides a day thus starts afresh every day. At a change of clocks the
 *   windows run on unbroken if the change is a multiple of their length; else see `clockWindowAt`.
 * - CALENDAR DAY, WEEK: groups of `count` counted from 1 January 1970, and from the week that holds it.
 * - CALENDAR MONTH, QUARTER, YEAR: groups of `count` counted from the fiscal year that starts in 1970, so that a
 *   number of months that divides twelve starts afresh with every fiscal year.
 * - ROLLING SECOND, MINUTE, HOUR: exact elapsed time from the anchor, in both directions.
 * - ROLLING DAY and longer: the anchor's time of day on the wall clock, every `count` days, weeks or months. Months
 *   shorter than the anchor's day end on their last day, and the next long one has the anchor's day again.
 * - Starts of days and longer that the clock skips are the moment of the change; of those that come twice, the first
 *   counts (the anchor itself always counts as given).
 */
export function windowAt(spec: WindowSpec, instantMs: number): Window {
  assert(
    instantMs >= 0 && instantMs <= LAST_INSTANT_MS,
    `No window holds ${instantMs}: it is not between 1970 and 9999`,
  );
  if (spec.period === 'TOTAL') return { startsAtMs: 0, endsAtMs: null };
  if (isElapsedPeriod(spec.period)) {
    const lengthMs = ELAPSED_PERIOD_MS[spec.period] * spec.count;
    if (spec.anchorMs !== null) return elapsedWindowAt(spec.anchorMs, lengthMs, instantMs);
    if (lengthMs < DAY_MS) return clockWindowAt(spec, lengthMs, instantMs);
  }
  return dateWindowAt(spec, spec.period, instantMs);
}

function elapsedWindowAt(anchorMs: number, lengthMs: number, instantMs: number): Window {
  const startsAtMs = anchorMs + floorTo(instantMs - anchorMs, lengthMs);
  return { startsAtMs, endsAtMs: startsAtMs + lengthMs };
}
