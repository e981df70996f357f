export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Periods of elapsed time: an hour is 3,600 seconds, whatever the clocks on the wall do meanwhile. */
export const ELAPSED_PERIOD_MS = { SECOND: SECOND_MS, MINUTE: MINUTE_MS, HOUR: HOUR_MS } as const;

/** Periods of whole calendar days, which last 23 to 25 hours where clocks are changed. */
export const DAYS_PER_PERIOD = { DAY: 1, WEEK: 7 } as const;

/** Periods of whole calendar months. */
export const MONTHS_PER_PERIOD = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

export type ElapsedPeriod = keyof typeof ELAPSED_PERIOD_MS;
export type DayPeriod = keyof typeof DAYS_PER_PERIOD;
export type MonthPeriod = keyof typeof MONTHS_PER_PERIOD;

export function isElapsedPeriod(period: string): period is ElapsedPeriod {
  return Object.hasOwn(ELAPSED_PERIOD_MS, period);
}

export function isDayPeriod(period: string): period is DayPeriod {
  return Object.hasOwn(DAYS_PER_PERIOD, period);
}

/** The greatest multiple of `step` (> 0) that is not above `value`; right for negative values too. */
export function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/**
 * The day of a month counted from January 1970 (0), as milliseconds of a calendar without zone. A day that the month
 * does not have becomes its last one: day 31 of month 1 (February 1970) is the 28th.
 */
export function dayOfMonthMs(monthsSince1970: number, dayOfMonth: number): number {
  const lastDay = new Date(Date.UTC(1970, monthsSince1970 + 1, 0)).getUTCDate();
  return Date.UTC(1970, monthsSince1970, Math.min(dayOfMonth, lastDay));
}

/** The month that a zoneless time lies in, counted from January 1970 (0). */
export function monthsSince1970(wallMs: number): number {
  const date = new Date(wallMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}
