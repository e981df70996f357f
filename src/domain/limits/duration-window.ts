import { err, type Result } from '../result';
import { parseDuration, type Duration } from './duration';
import { DAYS_PER_PERIOD, MONTHS_PER_PERIOD, isDayPeriod, isElapsedPeriod } from './time-units';
import { windowAt } from './window';
import { validateWindowSpec, windowSpec, type WindowSpec } from './window-spec';

export interface DurationContext {
  /** IANA zone of the server's days, weeks and months. */
  readonly timezone: string;
  /** The present, in milliseconds since the epoch: a rolling window starts with the day that it lies in. */
  readonly nowMs: number;
  /** LiteLLM's `budget_reset_time`, in minutes after midnight; 0 when left out. Windows under a day ignore it. */
  readonly startOfDayMinutes?: number;
}

/**
 * The window that LiteLLM means by a `budget_duration`, with its alignment:
 *
 * - `1d`, `24h`, daily: the day; `7d`, `1w`, weekly: the week from Monday; `30d`, `1mo`, monthly: the calendar month.
 * - Other days and weeks: rolling, from the start of the present day.
 * - Seconds, minutes, hours: multiples of that length. LiteLLM counts them from the start of the minute, hour or day
 *   and so cuts the last one short (`7m` at :56); here they are of equal length.
 * - `Nmo` with N > 1: groups of N calendar months, counted from January 1970. LiteLLM refuses these.
 */
export function windowFromDuration(text: string, context: DurationContext): Result<WindowSpec, string> {
  const parsed = parseDuration(text);
  if (!parsed.ok) return parsed;
  const { timezone, startOfDayMinutes = 0 } = context;
  const day = validateWindowSpec(windowSpec({ period: 'DAY', timezone, startOfDayMinutes }));
  if (!day.ok) return err(day.error.message);
  const { period, count } = calendarEquivalent(parsed.value);
  const isRolling = isDayPeriod(period) && count > 1;
  const spec = isRolling
    ? windowSpec({ period, count, timezone, anchorMs: windowAt(day.value, context.nowMs).startsAtMs })
    : windowSpec({
        period,
        count,
        timezone,
        startOfDayMinutes: isElapsedPeriod(period) ? 0 : startOfDayMinutes,
      });
  const valid = validateWindowSpec(spec);
  return valid.ok ? valid : err(valid.error.message);
}

/**
 * LiteLLM's string for a window, as its screens write it (`24h`, `7d`, `30d` for day, week and month), or null when a
 * reader of any string would take it for another kind of window: weeks from Sunday, days from 09:00, fiscal years,
 * windows that never end. Where a rolling window is anchored is not part of the string.
 */
export function formatDuration(spec: WindowSpec): string | null {
  if (spec.period === 'TOTAL') return null;
  if (spec.alignment === 'ROLLING') return formatRolling(spec);
  if (spec.startOfDayMinutes !== 0) return null;
  if (isElapsedPeriod(spec.period)) {
    return `${spec.count}${{ SECOND: 's', MINUTE: 'm', HOUR: 'h' }[spec.period]}`;
  }
  if (spec.period === 'DAY') return spec.count === 1 ? '24h' : null;
  if (spec.period === 'WEEK') return spec.count === 1 && spec.firstDayOfWeek === 1 ? '7d' : null;
  const months = spec.count * MONTHS_PER_PERIOD[spec.period];
  if (months === 1) return '30d';
  return spec.fiscalStartMonth === 1 ? `${months}mo` : null;
}

function formatRolling(spec: WindowSpec): string | null {
  if (!isDayPeriod(spec.period)) return null;
  const days = spec.count * DAYS_PER_PERIOD[spec.period];
  const { period, count } = calendarEquivalent({ period: 'DAY', count: days });
  return period === 'DAY' && count > 1 ? `${days}d` : null;
}

/** The durations that LiteLLM reads as a day, a week or a month of the calendar; all others stay what they are. */
function calendarEquivalent(duration: Duration): Duration {
  const { period, count } = duration;
  if (period === 'HOUR' && count === 24) return { period: 'DAY', count: 1 };
  if (period === 'DAY' && count === 7) return { period: 'WEEK', count: 1 };
  if (period === 'DAY' && count === 30) return { period: 'MONTH', count: 1 };
  return duration;
}
