import { z } from 'zod';
import { isTimezoneName } from '../domain/limits/timezone';
import type { Result } from '../domain/result';
import { refuse, settle } from './fields';

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const MAX_NAMES = 1_000;

/** Numbers and flags of a query arrive as text. */
export const queryFlag = z
  .enum(['true', 'false', 'True', 'False', '1', '0'], { error: 'must be true or false' })
  .transform((value) => ['true', 'True', '1'].includes(value));

/** A calendar day in UTC, as the instant at which it begins. */
export const queryDay = z
  .unknown()
  .meta({ type: 'string', format: 'date' })
  .transform((value, context) => settle(context, readDay(value)));

/** Begins at the instant "2026-11-24 13:00:00" in UTC, or with a day. */
export const queryStart = z
  .unknown()
  .meta({ type: 'string', examples: ['2026-11-24 00:00:00'] })
  .transform((value, context) => settle(context, readInstant(value, 0)));

/** Ends after that second, or after that day: the first instant that does not count. */
export const queryEnd = z
  .unknown()
  .meta({ type: 'string', examples: ['2026-11-24 23:59:59'] })
  .transform((value, context) => settle(context, readInstant(value, 1)));

/** Names between commas. */
export const queryNames = z
  .string()
  .transform((value) => [...new Set(value.split(',').map((name) => name.trim()))])
  .refine((list) => list.every((name) => name !== ''), { error: 'must be names between commas' })
  .refine((list) => list.length <= MAX_NAMES, { error: `can hold at most ${MAX_NAMES} names` });

/** An IANA zone, or what JavaScript's `getTimezoneOffset` says: minutes behind UTC. */
export const queryTimezone = z
  .unknown()
  .meta({ type: 'string', examples: ['Europe/Berlin', '-120'] })
  .transform((value, context) => settle(context, readTimezone(String(value))));

export function queryCount(max: number): z.ZodType<number> {
  const error = `must be a whole number from 1 to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((count) => count >= 1 && count <= max, { error });
}

function readDay(value: unknown): Result<Date, string> {
  const [year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value))?.slice(1).map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    return refuse('must be a day such as 2026-11-24');
  }
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toISOString().startsWith(String(value))
    ? { ok: true, value: date }
    : refuse(`is no day of the calendar: ${String(value)}`);
}

function readInstant(value: unknown, unitsLater: 0 | 1): Result<Date, string> {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?$/.exec(String(value)) ?? [];
  const read = readDay(day);
  if (!read.ok) {
    return day === undefined
      ? refuse('must be an instant in UTC such as "2026-11-24 13:00:00", or a day such as 2026-11-24')
      : read;
  }
  if (time === undefined) return { ok: true, value: new Date(read.value.getTime() + unitsLater * DAY_MS) };
  const at = Date.parse(`${day ?? ''}T${time}Z`);
  if (Number.isNaN(at)) return refuse(`has a time that no clock shows: ${time}`);
  return { ok: true, value: new Date(at + unitsLater * SECOND_MS) };
}

function readTimezone(value: string): Result<string, string> {
  if (isTimezoneName(value)) return { ok: true, value };
  const behind = /^-?\d{1,3}$/.test(value) ? Number(value) : null;
  if (behind === null || behind < -840 || behind > 720) {
    return refuse('must be an IANA time zone such as "Europe/Berlin", or minutes behind UTC');
  }
  if (behind % 60 !== 0)
    return refuse('is no whole hour; write the IANA name of the zone, as "Asia/Kolkata"');
  const hours = behind / 60;
  return { ok: true, value: hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '+' : ''}${hours}` };
}
