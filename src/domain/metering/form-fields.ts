import { err, ok, type Result } from '../result';
import type { JsonRecord } from './json';

/** A file of a form, without its bytes. */
export interface FormFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
  /** How long its sound lasts; null when it is no sound or does not tell. */
  readonly durationMs: number | null;
}

export interface FormEntry {
  readonly name: string;
  readonly value: string | FormFile;
}

export interface FormProblem {
  readonly name: string;
  readonly message: string;
}

/** Fields that are numbers and flags in the APIs' references; a form has them as text. */
const COUNTS = /^(n|partial_images|output_compression|max_tokens)$/;
const NUMBERS = /^(temperature|speed)$/;
const FLAGS = /^stream$/;
/** A field may be repeated when its name says that it is a list. */
const LIST = /^(.{1,100})\[\]$/;

/**
 * The fields of a form as the JSON body that they stand for. Two fields of one name are refused, letter case aside: this
 * server and the provider might each believe another one. Files may share a name.
 */
export function formRecord(entries: readonly FormEntry[]): Result<JsonRecord, FormProblem> {
  const record: Record<string, unknown> = {};
  const seen = new Map<string, string>();
  for (const { name, value } of entries) {
    const list = LIST.exec(name)?.[1];
    const key = list ?? name;
    const folded = key.toLowerCase();
    const earlier = seen.get(folded);
    if (earlier !== undefined && earlier !== name) return err(repeated(key));
    seen.set(folded, name);
    if (list !== undefined) append(record, key, value);
    else if (typeof value === 'object') append(record, key, value);
    else if (earlier === undefined) record[key] = typed(key, value);
    else return err(repeated(key));
  }
  // A single file stands alone, as in the reference.
  for (const [key, value] of Object.entries(record))
    if (Array.isArray(value) && value.length === 1 && !isListed(entries, key)) record[key] = value[0];
  return ok(record);
}

function isListed(entries: readonly FormEntry[], key: string): boolean {
  return entries.some(({ name }) => name === `${key}[]`);
}

function append(record: Record<string, unknown>, key: string, value: unknown): void {
  const earlier = record[key];
  record[key] = Array.isArray(earlier) ? [...(earlier as unknown[]), value] : [value];
}

function typed(name: string, value: string): unknown {
  if (COUNTS.test(name) && /^\d{1,9}$/.test(value)) return Number(value);
  if (NUMBERS.test(name) && /^\d{1,3}(\.\d{1,9})?$/.test(value)) return Number(value);
  if (FLAGS.test(name) && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return name === 'metadata' || name === 'tags' ? parsed(value) : value;
}

/** What this server reads for itself may be JSON inside a field. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function repeated(name: string): FormProblem {
  return { name, message: `The form names "${name.slice(0, 100)}" twice, letter case aside. Name it once.` };
}
