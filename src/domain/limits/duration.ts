import { err, ok, type Result } from '../result';
import {
  DAYS_PER_PERIOD,
  DAY_MS,
  ELAPSED_PERIOD_MS,
  MONTHS_PER_PERIOD,
  dayOfMonthMs,
  floorTo,
  isDayPeriod,
  isElapsedPeriod,
  monthsSince1970,
} from './time-units';
import type { WindowPeriod } from './window-spec';

/** A length of time such as 30 days or 1 month; `count` is a whole number from 1. */
export interface Duration {
  readonly period: Exclude<WindowPeriod, 'TOTAL'>;
  readonly count: number;
}

const UNITS = new Map<string, Duration['period']>(
  Object.entries({
    s: 'SECOND',
    m: 'MINUTE',
    h: 'HOUR',
    d: 'DAY',
    w: 'WEEK',
    mo: 'MONTH',
  } as const),
);
const WORDS = new Map<string, Duration['period']>(
  Object.entries({
    hourly: 'HOUR',
    daily: 'DAY',
    weekly: 'WEEK',
    monthly: 'MONTH',
    quarterly: 'QUARTER',
    yearly: 'YEAR',
    annually: 'YEAR',
  } as const),
);
const SHORT_FORM = /^(\d{1,12})(s|mo|m|h|d|w)$/;
const MAX_YEARS = 1_000;

/**
 * Reads LiteLLM's durations: a whole number and a unit (`30s`, `5m`, `24h`, `7d`, `2w`, `1mo`), or one of the words
 * hourly, daily, weekly, monthly, quarterly, yearly, annually. LiteLLM takes what it cannot read for one day, or reads
 * the part that it can; here that is an error, because a mistyped budget period should not become another one.
 */
export function parseDuration(text: string): Result<Duration, string> {
  const trimmed = text.trim();
  const word = WORDS.get(trimmed.toLowerCase());
  if (word !== undefined) return ok({ period: word, count: 1 });
  const [, digits = '', unit = ''] = SHORT_FORM.exec(trimmed) ?? [];
  const period = UNITS.get(unit);
  if (period === undefined) {
    return err(
      `"${text}" is not a duration; write a whole number and a unit, such as 30s, 5m, 24h, 7d, 2w or 1mo (months), ` +
        `or one of ${[...WORDS.keys()].join(', ')}`,
    );
  }
  const duration = { period, count: Number(digits) };
  if (duration.count === 0) return err(`"${text}" is no time at all; a duration must be at least 1${unit}`);
  if (approximateDays(duration) > MAX_YEARS * 365.25) {
    return err(`"${text}" is longer than ${MAX_YEARS} years`);
  }
  return ok(duration);
}

/**
 * The instant a duration later, for expiries. Seconds to weeks are exact elapsed time (a day is 24 hours). Months lead
 * to the same day and time of a later month in UTC, or to that month's last day if it is too short.
 */
export function addDuration(instantMs: number, duration: Duration): number {
  const { period, count } = duration;
  if (isElapsedPeriod(period)) return instantMs + count * ELAPSED_PERIOD_MS[period];
  if (isDayPeriod(period)) return instantMs + count * DAYS_PER_PERIOD[period] * DAY_MS;
  const month = monthsSince1970(instantMs) + count * MONTHS_PER_PERIOD[period];
  const timeOfDayMs = instantMs - floorTo(instantMs, DAY_MS);
  return dayOfMonthMs(month, new Date(instantMs).getUTCDate()) + timeOfDayMs;
}

function approximateDays({ period, count }: Duration): number {
  if (isElapsedPeriod(period)) return (count * ELAPSED_PERIOD_MS[period]) / DAY_MS;
  if (isDayPeriod(period)) return count * DAYS_PER_PERIOD[period];
  return count * MONTHS_PER_PERIOD[period] * (365.25 / 12);
}
