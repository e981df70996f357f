import { z } from 'zod';
import { parseDuration } from '../domain/limits/duration';
import { parseMoney } from '../domain/money/decimal-text';
import type { Result } from '../domain/result';
import { decimalOf, plainJson } from './lossless';

/** Kinds of members. Messages complete the sentence that begins with the member's name. */

export const text = z.string({ error: 'must be text' });
export const flag = z.boolean({ error: 'must be true or false' });
export const names = z.array(text, { error: 'must be a list of texts' });

/** Dollars, zero or more, as decimal text. */
export const amount = z
  .unknown()
  .meta({ type: 'number', minimum: 0 })
  .transform((value, context) => settle(context, readAmount(value)));

/** A whole number, zero or more, as decimal text. */
export const whole = z
  .unknown()
  .meta({ type: 'integer', minimum: 0 })
  .transform((value, context) => settle(context, readWhole(value)));

/** A JSON object of the caller's own, which comes back as it was sent. */
export const record = z
  .unknown()
  .meta({ type: 'object' })
  .transform((value, context) => settle(context, readRecord(value, true)));

/** A JSON object that is read and not kept. */
export const looseRecord = z
  .unknown()
  .meta({ type: 'object' })
  .transform((value, context) => settle(context, readRecord(value, false)));

/** A list of JSON objects that is read and not kept. */
export const looseRecords = z
  .unknown()
  .meta({ type: 'array', items: { type: 'object' } })
  .transform((value, context) => settle(context, readRecords(value)));

/** LiteLLM's durations: "30d", "1mo", "monthly". */
export const duration = z
  .unknown()
  .meta({ type: 'string', examples: ['24h', '30d', 'monthly'] })
  .transform((value, context) => settle(context, readDuration(value)));

/** What was read, or an issue that completes the sentence beginning with the member's name. */
export function settle<T>(context: z.RefinementCtx, result: Result<T, string>): T {
  if (result.ok) return result.value;
  context.addIssue({ code: 'custom', message: result.error });
  return z.NEVER;
}

function readAmount(value: unknown): Result<string, string> {
  const digits = decimalOf(value);
  const parsed = digits === null ? null : parseMoney(digits);
  if (digits === null || parsed === null) return refuse('must be an amount in dollars such as 12.5');
  if (!parsed.ok) return refuse(`must be an amount in dollars: ${parsed.error}`);
  if (parsed.value < 0n) return refuse(`cannot be negative; it is ${digits}`);
  return { ok: true, value: digits };
}

function readWhole(value: unknown): Result<string, string> {
  const digits = decimalOf(value);
  if (digits === null || !/^\d{1,18}$/.test(digits)) return refuse('must be a whole number, zero or more');
  return { ok: true, value: digits };
}

function readRecord(value: unknown, exact: boolean): Result<Record<string, unknown>, string> {
  const isRecord =
    typeof value === 'object' && value !== null && !Array.isArray(value) && decimalOf(value) === null;
  if (!isRecord) return refuse('must be a JSON object');
  const plain = plainJson(value, exact);
  return plain.ok ? { ok: true, value: plain.value as Record<string, unknown> } : plain;
}

function readRecords(value: unknown): Result<Record<string, unknown>[], string> {
  if (!Array.isArray(value)) return refuse('must be a list of JSON objects');
  const items: Record<string, unknown>[] = [];
  for (const item of value) {
    const read = readRecord(item, false);
    if (!read.ok) return refuse('must be a list of JSON objects');
    items.push(read.value);
  }
  return { ok: true, value: items };
}

function readDuration(value: unknown): Result<string, string> {
  if (typeof value !== 'string') return refuse('must be a duration such as "30d" or "monthly"');
  const parsed = parseDuration(value);
  return parsed.ok ? { ok: true, value: value.trim() } : refuse(`cannot be read: ${parsed.error}`);
}

export function refuse(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
