import { timezoneNamed } from '../domain/limits/timezone';
import { ok, type Result } from '../domain/result';
import { badRequest, type LitellmFailure } from './failure';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3_660;
const EARLIEST = new Date(Date.UTC(2000, 0, 1));
const LATEST = new Date(Date.UTC(2099, 11, 31));

/** Days as LiteLLM's callers name them. */
export interface SpanInput {
  /** The first day, as midnight in UTC whatever the zone. */
  readonly start_date?: Date | undefined;
  /** The last day, which counts. */
  readonly end_date?: Date | undefined;
  readonly timezone?: string | undefined;
}

/** Whole days of one zone, without gaps. */
export interface ReportSpan {
  readonly from: Date;
  readonly to: Date;
  readonly timezone: string;
  /** Each day, as 2026-11-24. */
  readonly days: readonly string[];
}

/** The days that were asked for. What is left out: until today, and `defaultDays` in all. */
export function spanOf(
  input: SpanInput,
  nowMs: number,
  defaultDays: number,
): Result<ReportSpan, LitellmFailure> {
  const timezone = input.timezone ?? 'UTC';
  const zone = timezoneNamed(timezone);
  const last = input.end_date ?? startOfDay(zone.wallAt(nowMs));
  const first = input.start_date ?? new Date(last.getTime() - (defaultDays - 1) * DAY_MS);
  if (last < first) return badRequest('end_date', '"end_date" lies before "start_date".');
  const count = (last.getTime() - first.getTime()) / DAY_MS + 1;
  if (count > MAX_DAYS)
    return badRequest('end_date', `A summary spans at most ${MAX_DAYS} days; this is ${count}.`);
  if (first < EARLIEST)
    return badRequest('start_date', 'Sums by day begin with the year 2000; name a later day.');
  if (last > LATEST) return badRequest('end_date', 'Sums by day end before the year 2100.');
  const names = Array.from({ length: count }, (_, index) => dayName(first.getTime() + index * DAY_MS));
  const midnight = (wallMs: number): Date => new Date(zone.firstInstantShowing(wallMs));
  return ok({
    from: midnight(first.getTime()),
    to: midnight(last.getTime() + DAY_MS),
    timezone,
    days: names,
  });
}

/** The day on the wall at an instant. */
export function dayAt(instantMs: number, timezone: string): string {
  return dayName(timezoneNamed(timezone).wallAt(instantMs));
}

function startOfDay(wallMs: number): Date {
  return new Date(Math.floor(wallMs / DAY_MS) * DAY_MS);
}

function dayName(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
