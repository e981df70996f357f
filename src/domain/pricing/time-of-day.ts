import { err, ok, type Result } from '../result';

export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes after midnight UTC, start inclusive, end exclusive. A window whose end is not after its start passes midnight. */
export interface TimeWindow {
  readonly startMinute: number;
  readonly endMinute: number;
  /** Null means every day. */
  readonly weekdays: readonly Weekday[] | null;
}

export interface TimeOfDay {
  readonly windows: readonly TimeWindow[];
  /** IANA zone in which the weekday of the instant is read. The hours themselves are always UTC. */
  readonly weekdayTimeZone: string;
}

const MINUTES_PER_DAY = 1440;
const MS_PER_MINUTE = 60_000;
const HOURS = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** Whether the instant lies in one of the windows. */
export function isWithin(timeOfDay: TimeOfDay, atMs: number): boolean {
  const minute = Math.floor(atMs / MS_PER_MINUTE) % MINUTES_PER_DAY;
  return timeOfDay.windows.some((window) => {
    if (!minuteIsIn(window, minute)) return false;
    return window.weekdays === null || window.weekdays.includes(weekdayAt(timeOfDay.weekdayTimeZone, atMs));
  });
}

/** Reads "16:30-00:30". Equal times, as in "00:00-00:00", mean the whole day. */
export function parseHours(text: string): Result<{ startMinute: number; endMinute: number }, string> {
  const [, startHour, startMinute, endHour, endMinute] = HOURS.exec(text.trim()) ?? [];
  const start = Number(startHour) * 60 + Number(startMinute);
  const end = Number(endHour) * 60 + Number(endMinute);
  const valid =
    start < MINUTES_PER_DAY && end <= MINUTES_PER_DAY && Number(startMinute) < 60 && Number(endMinute) < 60;
  if (!valid) return err(`"${text}" is not a span of UTC hours such as 16:30-00:30`);
  return ok({ startMinute: start, endMinute: end % MINUTES_PER_DAY });
}

export function formatHours(window: { startMinute: number; endMinute: number }): string {
  return `${formatMinute(window.startMinute)}-${formatMinute(window.endMinute)}`;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function minuteIsIn({ startMinute, endMinute }: TimeWindow, minute: number): boolean {
  if (startMinute < endMinute) return minute >= startMinute && minute < endMinute;
  return minute >= startMinute || minute < endMinute;
}

function weekdayAt(timeZone: string, atMs: number): Weekday {
  const name = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone }).format(atMs).toUpperCase();
  return WEEKDAYS.find((weekday) => weekday === name) ?? 'SUN';
}

function formatMinute(minute: number): string {
  const two = (value: number) => value.toString().padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
