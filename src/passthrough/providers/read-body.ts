import { asArray, asCount, asRecord, asText, type JsonRecord } from '../../domain/metering/json';
import { err, ok, type Result } from '../../domain/result';
import { invalidRequest, type WireError } from './wire-error';

/** Reads members of a body that the server's own decisions rest on; what they may not be is refused by name. */
export class BodyReader {
  private problem: WireError | null = null;

  private constructor(readonly body: JsonRecord) {}

  static of(body: unknown): Result<BodyReader, WireError> {
    const record = asRecord(body);
    return record
      ? ok(new BodyReader(record))
      : err(invalidRequest('body', 'The request body must be a JSON object.'));
  }

  requiredText(name: string): string {
    const text = asText(this.body[name]);
    if (text === null || text === '') this.refuse(name, `"${name}" is required and must be a string.`);
    return text ?? '';
  }

  flag(name: string): boolean {
    const value = this.body[name] ?? false;
    if (typeof value !== 'boolean') this.refuse(name, `"${name}" must be true or false.`);
    return value === true;
  }

  /** A whole number from `least` to `most`; null when absent or null. */
  count(name: string, most = Number.MAX_SAFE_INTEGER, least = 1): number | null {
    return this.countIn(this.body, name, most, least);
  }

  /** The same of an object inside the body. */
  countIn(record: JsonRecord | null, name: string, most = Number.MAX_SAFE_INTEGER, least = 1): number | null {
    const value = record?.[name];
    if (value === undefined || value === null) return null;
    const count = asCount(value);
    if (count !== null && count >= least && count <= most) return count;
    this.refuse(name, `"${name}" must be a whole number from ${String(least)} to ${String(most)}.`);
    return null;
  }

  list(name: string): readonly unknown[] {
    if (!Array.isArray(this.body[name])) this.refuse(name, `"${name}" is required and must be an array.`);
    return asArray(this.body[name]);
  }

  present(name: string): void {
    if (this.body[name] === undefined || this.body[name] === null) {
      this.refuse(name, `"${name}" is required.`);
    }
  }

  /**
   * Refuses members by which another model than the one that was allowed and priced could answer. Upstreams that know
   * none of them ignore or refuse them, so nothing is lost.
   */
  refuseOtherModels(names: readonly string[]): void {
    for (const name of names) {
      if (this.body[name] === undefined || this.body[name] === null) continue;
      const message = `"${name}" lets other models answer than the one that the call is allowed and priced for. Send the request without it.`;
      this.refuse(name, message);
    }
  }

  /** Notes a problem; the first one is the one that is told. */
  refuse(name: string, message: string): void {
    this.problem ??= invalidRequest(name, message);
  }

  finish<T>(value: T): Result<T, WireError> {
    return this.problem ? err(this.problem) : ok(value);
  }
}

/** No more tags than this are looked at: enough for a call with too many to be refused for it. */
const MOST_TAGS_READ = 1_000;

/** Tags of `metadata.tags` and `tags`, both of which LiteLLM's clients send, without repeats. */
export function readTags(body: JsonRecord): readonly string[] {
  const lists = [asRecord(body['metadata'])?.['tags'], body['tags']];
  const all = lists.flatMap((list) => asArray(list).slice(0, MOST_TAGS_READ));
  return [...new Set(all.filter((tag): tag is string => typeof tag === 'string' && tag !== ''))];
}

/** The client's `metadata` without the members that have a meaning of their own. */
export function readMetadata(body: JsonRecord, ...known: readonly string[]): JsonRecord {
  const entries = Object.entries(asRecord(body['metadata']) ?? {});
  return Object.fromEntries(entries.filter(([name]) => name !== 'tags' && !known.includes(name)));
}
