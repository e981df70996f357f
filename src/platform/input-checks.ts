import type { UserIssue } from './user-issue';

const MAX_NAME_LENGTH = 200;
const MAX_TEXT_LENGTH = 2_000;
const MAX_LIST_LENGTH = 1_000;
const MAX_ID_LENGTH = 200;
const MAX_METADATA_BYTES = 65_536;
/** Control characters break logs and notifications. */
const CONTROL = /\p{Cc}/u;
/** PostgreSQL stores any character of a text but this one. */
const NUL = '\0';
const NUL_IN_JSON = JSON.stringify(NUL).slice(1, -1);
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const MAX_EMAIL_LENGTH = 254;

/** Each check returns what is wrong with a field, and nothing for a value that is absent or fine. */
type Check<T> = (field: string, value: T | null | undefined) => UserIssue[];

/** A name for people: not blank, at most 200 characters. */
export const nameIssues: Check<string> = (field, value) => {
  if (value == null) return [];
  if (value.trim() === '') return [wrong('REQUIRED', field, `"${field}" cannot be empty.`)];
  if (value.length > MAX_NAME_LENGTH) return [tooLong(field, MAX_NAME_LENGTH)];
  return CONTROL.test(value) ? [wrong('INVALID', field, `"${field}" holds control characters.`)] : [];
};

/** Free text of at most 2,000 characters. */
export const textIssues: Check<string> = (field, value) => {
  if (value == null) return [];
  if (value.length > MAX_TEXT_LENGTH) return [tooLong(field, MAX_TEXT_LENGTH)];
  return value.includes(NUL) ? [wrong('INVALID', field, `"${field}" holds the character U+0000.`)] : [];
};

/** An id that the caller chose: at most 200 characters without blanks at the ends. */
export const idIssues: Check<string> = (field, value) => {
  if (value == null) return [];
  const fits =
    value !== '' && value === value.trim() && value.length <= MAX_ID_LENGTH && !CONTROL.test(value);
  const message = `"${field}" must have 1 to ${MAX_ID_LENGTH} characters, no blanks at its ends, no control characters.`;
  return fits ? [] : [wrong('INVALID', field, message)];
};

export const emailIssues: Check<string> = (field, value) => {
  if (value == null) return [];
  const fits = EMAIL.test(value) && value.length <= MAX_EMAIL_LENGTH && !CONTROL.test(value);
  return fits
    ? []
    : [wrong('INVALID', field, `"${field}" must be an e-mail address, such as ann@example.com.`)];
};

/** A list of names, such as models or tags: at most 1,000 entries, each of them a name. */
export const namesIssues: Check<readonly string[]> = (field, values) => {
  if (values == null) return [];
  if (values.length > MAX_LIST_LENGTH) {
    return [wrong('INVALID', field, `"${field}" has more than ${MAX_LIST_LENGTH} entries.`)];
  }
  return values.some((value) => nameIssues(field, value).length > 0)
    ? [
        wrong(
          'INVALID',
          field,
          `Each entry of "${field}" must have 1 to ${MAX_NAME_LENGTH} characters, none of them a control character.`,
        ),
      ]
    : [];
};

/** The caller's metadata: a JSON object of at most 64 KiB. */
export const metadataIssues: Check<unknown> = (field, value) => {
  if (value == null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    return [wrong('INVALID', field, `"${field}" must be a JSON object, such as {"costCenter": "42"}.`)];
  }
  const text = JSON.stringify(value);
  if (text.includes(NUL_IN_JSON)) return [wrong('INVALID', field, `"${field}" holds the character U+0000.`)];
  const bytes = Buffer.byteLength(text);
  return bytes > MAX_METADATA_BYTES
    ? [wrong('INVALID', field, `"${field}" has ${bytes} bytes; at most ${MAX_METADATA_BYTES} fit.`)]
    : [];
};

/** The entries without blanks at their ends, each once, in the order given. */
export function uniqueNames(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()))];
}

function tooLong(field: string, max: number): UserIssue {
  return wrong('INVALID', field, `"${field}" has more than ${max} characters.`);
}

function wrong(code: UserIssue['code'], field: string, message: string): UserIssue {
  return { code, message, field: ['input', field] };
}
