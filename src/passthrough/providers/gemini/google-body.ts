import { eitherSpelling, snakeSpelling } from '../../../domain/metering/gemini-json';
import { asCount, asRecord, type JsonRecord } from '../../../domain/metering/json';
import { memberText, scanObject } from '../../../domain/metering/splice-json';
import type { BodyReader } from '../read-body';

/** Refuses members that are given in both spellings: which of the two counts is the upstream's secret. */
export function refuseTwoSpellings(
  reader: BodyReader,
  record: JsonRecord | null,
  names: readonly string[],
): void {
  for (const name of names) {
    const snake = snakeSpelling(name);
    if (snake === name || record?.[name] === undefined || record[snake] === undefined) continue;
    reader.refuse(name, `Give "${name}" or "${snake}", not both.`);
  }
}

/**
 * A whole number of a configuration inside the body; null when there is none. Google's parsers take numbers in quotes as
 * well, which would be another number here than there.
 */
export function googleCount(
  reader: BodyReader,
  record: JsonRecord | null,
  name: string,
  least = 1,
): number | null {
  const value = eitherSpelling(record, name);
  if (value === undefined || value === null) return null;
  const count = asCount(value);
  if (count !== null && count >= least) return count;
  if (least < 0 && typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return null;
  reader.refuse(name, `"${name}" must be a whole number, at least ${String(least)}, without quotes.`);
  return null;
}

/** The spelling in which the text has the member; camelCase when it has none. */
export function spellingIn(text: string | null, name: string): string {
  const snake = snakeSpelling(name);
  return text !== null && memberText(scanObject(text), snake) !== null ? snake : name;
}

export function configOf(body: JsonRecord, name: string): JsonRecord | null {
  return asRecord(eitherSpelling(body, name));
}
