import { asText, type JsonRecord } from '../../domain/metering/json';
import { err, ok, type Result } from '../../domain/result';
import type { Refusal } from '../pipeline/refusal';
import { invalidRequest } from '../providers/wire-error';

/** Below which paths OpenAI's clients call: with and without the version, and below the provider's name. */
export const OPENAI_BASES = ['/v1', '', '/openai/v1', '/openai'] as const;

export type PageQuery = Readonly<Record<string, string | string[] | undefined>>;

/** A list as OpenAI's SDKs page through it; `found` holds one more than `limit` where there are more. */
export function pageOf(found: readonly JsonRecord[], limit: number): JsonRecord {
  const data = found.slice(0, limit);
  const idOf = (item: JsonRecord | undefined): string | null => asText(item?.['id']);
  return {
    object: 'list',
    data,
    first_id: idOf(data[0]),
    last_id: idOf(data.at(-1)),
    has_more: found.length > limit,
  };
}

export function textOfQuery(query: PageQuery, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number from 1 to `most`. */
export function countOf(
  query: PageQuery,
  name: string,
  absent: number,
  most: number,
): Result<number, Refusal> {
  const text = textOfQuery(query, name);
  if (text === null) return ok(absent);
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return ok(count);
  return err(invalidRequest(name, `"${name}" must be a whole number from 1 to ${most}.`));
}
