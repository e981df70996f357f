import type { Kind } from './setting-kinds';

/** One environment variable: the table below is what the README and `--help` show. */
export interface Setting<T> {
  readonly kind: Kind<unknown>;
  readonly default: T;
  /** What to show for a default that depends on something else. */
  readonly defaultText?: string;
  readonly meaning: string;
  /** Other names that are read too, after the first. */
  readonly aliases: readonly string[];
}

interface Extras {
  readonly aliases?: readonly string[];
  readonly defaultText?: string;
}

export function setting<T>(kind: Kind<T>, value: T, meaning: string, extras: Extras = {}): Setting<T> {
  return { aliases: [], ...extras, kind, default: value, meaning };
}

export function optional<T>(kind: Kind<T>, meaning: string, extras: Extras = {}): Setting<T | null> {
  return { aliases: [], ...extras, kind, default: null, meaning };
}
