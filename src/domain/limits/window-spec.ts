import { err, ok, type Result } from '../result';
import {
  DAYS_PER_PERIOD,
  ELAPSED_PERIOD_MS,
  DAY_MS,
  MONTHS_PER_PERIOD,
  isDayPeriod,
  isElapsedPeriod,
} from './time-units';
import { isTimezoneName } from './timezone';

export const WINDOW_PERIODS = [
  'SECOND',
  'MINUTE',
  'HOUR',
  'DAY',
  'WEEK',
  'MONTH',
  'QUARTER',
  'YEAR',
  'TOTAL',
] as const;
export type WindowPeriod = (typeof WINDOW_PERIODS)[number];

/** CALENDAR: as the clock and the calendar of the zone run. ROLLING: consecutive windows counted from an anchor. */
export const WINDOW_ALIGNMENTS = ['CALENDAR', 'ROLLING'] as const;
export type WindowAlignment = (typeof WINDOW_ALIGNMENTS)[number];

/**
 * How time is cut into the windows of a limit. The cuts are computed, never stored: see `windowAt` for the rules.
 */
export interface WindowSpec {
  /** TOTAL is one window without an end. */
  readonly period: WindowPeriod;
  /** Periods per window, a whole number from 1; at most 100 years in all. Always 1 for TOTAL. */
  readonly count: number;
  readonly alignment: WindowAlignment;
  /** Where a ROLLING window starts, in milliseconds since the epoch (1970 to 9999); null for CALENDAR. */
  readonly anchorMs: number | null;
  /** IANA name of the zone whose days, weeks and months count. */
  readonly timezone: string;
  /** When a CALENDAR day begins, in minutes after midnight, 0 to 1439. 540 makes days run from 09:00 to 09:00. */
  readonly startOfDayMinutes: number;
  /** ISO day on which a CALENDAR week begins: 1 is Monday, 7 Sunday. */
  readonly firstDayOfWeek: number;
  /** Month in which a CALENDAR year begins, 1 to 12. Quarters and groups of months are counted from it too. */
  readonly fiscalStartMonth: number;
}

/** A span of time, start inclusive and end exclusive, in milliseconds since the epoch. Only TOTAL has no end. */
export interface Window {
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
}

export interface WindowSpecError {
  readonly message: string;
  readonly field: keyof WindowSpec;
}

/** 9999-12-31T23:59:59.999Z: the last instant that windows are computed for. */
export const LAST_INSTANT_MS = 253_402_300_799_999;
const MAX_YEARS = 100;
const MAX_DAYS = MAX_YEARS * 365.25;

/** Fills what is not given: one period, by the calendar (or rolling when an anchor is given), UTC, midnight, Monday, January. */
export function windowSpec(given: Partial<WindowSpec> & Pick<WindowSpec, 'period'>): WindowSpec {
  return {
    count: 1,
    alignment: (given.anchorMs ?? null) === null ? 'CALENDAR' : 'ROLLING',
    anchorMs: null,
    timezone: 'UTC',
    startOfDayMinutes: 0,
    firstDayOfWeek: 1,
    fiscalStartMonth: 1,
    ...given,
  };
}

/** Whether both cut time in the same places for the same reasons. */
export function isSameWindowSpec(a: WindowSpec, b: WindowSpec): boolean {
  return (
    a.period === b.period &&
    a.count === b.count &&
    a.alignment === b.alignment &&
    a.anchorMs === b.anchorMs &&
    a.timezone === b.timezone &&
    a.startOfDayMinutes === b.startOfDayMinutes &&
    a.firstDayOfWeek === b.firstDayOfWeek &&
    a.fiscalStartMonth === b.fiscalStartMonth
  );
}

/** Returns the same spec when windows can be computed from it, else the first field that is wrong and how to mend it. */
export function validateWindowSpec(spec: WindowSpec): Result<WindowSpec, WindowSpecError> {
  const error = fieldError(spec) ?? combinationError(spec);
  return error ? err(error) : ok(spec);
}

/** The most periods that one window may hold: about 100 years. */
export function maxWindowCount(period: WindowPeriod): number {
  if (period === 'TOTAL') return 1;
  if (isElapsedPeriod(period)) return (MAX_DAYS * DAY_MS) / ELAPSED_PERIOD_MS[period];
  if (isDayPeriod(period)) return Math.floor(MAX_DAYS / DAYS_PER_PERIOD[period]);
  return (MAX_YEARS * 12) / MONTHS_PER_PERIOD[period];
}

function fieldError(spec: WindowSpec): WindowSpecError | null {
  if (!WINDOW_PERIODS.includes(spec.period)) {
    return problem('period', `"${spec.period}" is not a period; use one of ${WINDOW_PERIODS.join(', ')}`);
  }
  if (!WINDOW_ALIGNMENTS.includes(spec.alignment)) {
    return problem(
      'alignment',
      `"${spec.alignment}" is not an alignment; use ${WINDOW_ALIGNMENTS.join(' or ')}`,
    );
  }
  if (!isTimezoneName(spec.timezone)) {
    return problem(
      'timezone',
      `"${spec.timezone}" is not a known IANA time zone such as Europe/Berlin or UTC`,
    );
  }
  return (
    rangeError(spec, 'count', 1, maxWindowCount(spec.period)) ??
    rangeError(spec, 'startOfDayMinutes', 0, 1439) ??
    rangeError(spec, 'firstDayOfWeek', 1, 7) ??
    rangeError(spec, 'fiscalStartMonth', 1, 12) ??
    (spec.anchorMs === null ? null : rangeError(spec, 'anchorMs', 0, LAST_INSTANT_MS))
  );
}

function combinationError(spec: WindowSpec): WindowSpecError | null {
  if (spec.alignment === 'CALENDAR') {
    return spec.anchorMs === null
      ? null
      : problem('anchorMs', 'a CALENDAR window has no anchor; leave it out or use ROLLING');
  }
  if (spec.period === 'TOTAL') {
    return problem('alignment', 'a TOTAL window never ends, so it cannot be ROLLING; use CALENDAR');
  }
  if (spec.anchorMs === null) {
    return problem('anchorMs', 'a ROLLING window needs an anchor, the instant at which it starts');
  }
  // The anchor already decides these; to drop them silently would give windows other than those asked for.
  if (spec.startOfDayMinutes !== 0) {
    return problem(
      'startOfDayMinutes',
      'the anchor of a ROLLING window sets its time of day; leave the start of day at 0',
    );
  }
  if (spec.period === 'WEEK' && spec.firstDayOfWeek !== 1) {
    return problem(
      'firstDayOfWeek',
      'the anchor of a ROLLING window sets its day of the week; leave the first day at 1',
    );
  }
  if (!isElapsedPeriod(spec.period) && !isDayPeriod(spec.period) && spec.fiscalStartMonth !== 1) {
    return problem(
      'fiscalStartMonth',
      'the anchor of a ROLLING window sets its month; leave the fiscal month at 1',
    );
  }
  return null;
}

function rangeError(
  spec: WindowSpec,
  field: 'count' | 'startOfDayMinutes' | 'firstDayOfWeek' | 'fiscalStartMonth' | 'anchorMs',
  min: number,
  max: number,
): WindowSpecError | null {
  const value = spec[field];
  if (value !== null && Number.isInteger(value) && value >= min && value <= max) return null;
  const where = field === 'count' ? ` for ${spec.period}` : '';
  return problem(
    field,
    `${field} must be a whole number from ${min} to ${max}${where}, not ${String(value)}`,
  );
}

function problem(field: keyof WindowSpec, message: string): WindowSpecError {
  return { field, message };
}
