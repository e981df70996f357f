/** What a form asks for. Values are text until they are sent, so that a field can hold what is not valid yet. */
export type FieldKind =
  | 'TEXT'
  | 'EMAIL'
  | 'MODELS'
  | 'TAGS'
  | 'JSON'
  | 'COUNT'
  | 'INSTANT'
  | 'CHOICE'
  | 'ORGANIZATION'
  | 'TEAM'
  | 'PROJECT'
  | 'USER'
  | 'KEY';

export interface FormField {
  /** The name of the field in the input of the mutation. */
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly description?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  /** Of a CHOICE. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** In both forms when left out. */
  readonly onlyIn?: 'CREATE' | 'EDIT';
}

export type FormValue = string | readonly string[];
export type FormValues = Readonly<Record<string, FormValue>>;
export type FormProblems = Readonly<Record<string, string>>;

export interface FormInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
}

/** The input of a mutation: all that was filled in, or what differs from `before`. */
export function inputOf(
  fields: readonly FormField[],
  values: FormValues,
  before: FormValues | null,
): FormInput {
  const input: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? '';
    if (isSame(value, before?.[field.name] ?? '')) continue;
    const parsed = parse(field, value);
    if (parsed.problem === undefined) input[field.name] = parsed.value;
    else problems[field.name] = parsed.problem;
  }
  return { input, problems };
}

const isSame = (one: FormValue, other: FormValue) => JSON.stringify(one) === JSON.stringify(other);

interface Parsed {
  readonly value?: unknown;
  readonly problem?: string;
}

function parse({ kind, label, isRequired }: FormField, value: FormValue): Parsed {
  if (typeof value !== 'string') return { value: value.length === 0 && kind === 'MODELS' ? null : value };
  const text = value.trim();
  if (kind === 'JSON') return parseObject(text);
  if (text === '' && isRequired === true) return { problem: `${label} cannot be empty.` };
  if (text === '') return { value: kind === 'TAGS' ? [] : null };
  if (kind === 'COUNT')
    return /^\d+$/.test(text) ? { value: Number(text) } : { problem: `${label} is a whole number.` };
  if (kind === 'INSTANT') {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? { problem: 'This is no date.' } : { value: at.toISOString() };
  }
  return { value: text };
}

function parseObject(text: string): Parsed {
  if (text === '') return { value: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
  } catch {
    // Told below, as of any other text that is no object.
  }
  return { problem: 'Write a JSON object, such as {"cost_center": "42"}.' };
}

/** Metadata as people write it; nothing for an empty object. */
export function jsonText(value: unknown): string {
  const isEmpty =
    value == null || (typeof value === 'object' && Object.keys(value).length === 0 && !Array.isArray(value));
  return isEmpty ? '' : JSON.stringify(value, null, 2);
}

/** An instant for an input of local date and time. */
export function localInstant(instant: string | null | undefined): string {
  if (instant == null) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
