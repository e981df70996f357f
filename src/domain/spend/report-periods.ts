import { windowAt } from '../limits/window';
import { windowSpec } from '../limits/window-spec';
import type { SpendBucket } from './report-words';

/** A period of the calendar, start inclusive and end exclusive, in milliseconds since the epoch. */
export interface CalendarPeriod {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/**
 * The calendar's periods that touch the range, in order and without gaps: the first may begin before it, and the last
 * end after it. They are the windows of limits by the calendar, so that a report agrees with budgets.
 */
export function calendarPeriods(
  bucket: SpendBucket,
  timezone: string,
  fromMs: number,
  toMs: number,
): CalendarPeriod[] {
  const spec = windowSpec({ period: bucket, timezone });
  const periods: CalendarPeriod[] = [];
  for (let at = fromMs; at < toMs;) {
    const { startsAtMs, endsAtMs } = windowAt(spec, at);
    if (endsAtMs === null) throw new Error(`Windows of a ${bucket} must end`);
    periods.push({ startsAtMs, endsAtMs });
    at = endsAtMs;
  }
  return periods;
}
