/** What is wrong with a piece of JSON, and where: `field` is a path such as "variants[0].rates.inputText". */
export interface FieldError {
  readonly message: string;
  readonly field: string;
}

/** Ends the reading of a document at its first error; caught by the parser that started it, never seen outside. */
export class InvalidField extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export function pathOf(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** An object with no other keys than those allowed. */
export function readObject(
  value: unknown,
  path: string,
  allowed: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidField(path, 'must be an object');
  }
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) {
      throw new InvalidField(pathOf(path, key), `unknown key "${key}"; known are ${allowed.join(', ')}`);
    }
  }
  return value as Record<string, unknown>;
}

export function readArray(value: unknown, path: string, maxLength: number): unknown[] {
  if (!Array.isArray(value)) throw new InvalidField(path, 'must be a list');
  if (value.length > maxLength) throw new InvalidField(path, `has more than ${maxLength} elements`);
  return value;
}

export function readText(value: unknown, path: string): string {
  const valid = typeof value === 'string' && value.trim() !== '' && value.length <= 100;
  if (!valid) throw new InvalidField(path, 'must be text of 1 to 100 characters');
  return value;
}

export function readCount(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidField(path, 'must be a whole number, zero or more');
  }
  return value;
}

export function readTrue(value: unknown, path: string): true {
  if (value !== true) throw new InvalidField(path, 'must be true, or left out');
  return value;
}
