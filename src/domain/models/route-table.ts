import { captureModel, isPattern, literalPrefixLength } from './model-pattern';

/** Something that serves the model of that name, or those that the pattern matches. */
export interface RouteEntry {
  readonly id: string;
  readonly model: string;
}

export interface FoundRoute<Entry> {
  /** All that serve the name equally well, by id; at least one. */
  readonly entries: readonly [Entry, ...Entry[]];
  /** What the pattern's stars stand for; empty for an exact name. */
  readonly captured: readonly string[];
  /** The name that was found: the one asked for, or the same with its provider in front. */
  readonly name: string;
}

/** Finds what serves a model. An exact name comes first, then the pattern with the longest text before its first star. */
export class RouteTable<Entry extends RouteEntry> {
  private readonly exact: ReadonlyMap<string, readonly Entry[]>;
  private readonly patterns: readonly (readonly [string, readonly Entry[]])[];

  constructor(entries: readonly Entry[]) {
    const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
    const byModel = new Map<string, Entry[]>();
    for (const entry of sorted) byModel.set(entry.model, [...(byModel.get(entry.model) ?? []), entry]);
    this.exact = new Map([...byModel].filter(([model]) => !isPattern(model)));
    this.patterns = [...byModel].filter(([model]) => isPattern(model)).sort(([a], [b]) => mostSpecific(a, b));
  }

  /**
   * `provider` is whose model a bare name is. It lets `gpt-4o` be served by the pattern `openai/*`, which stands for all
   * of that provider's models.
   */
  find(model: string, provider: string | null): FoundRoute<Entry> | null {
    const exact = found(this.exact.get(model), [], model);
    if (exact !== null) return exact;
    const prefix = provider === null ? null : `${provider}/`;
    const qualified = prefix === null || model.startsWith(prefix) ? null : `${prefix}${model}`;
    for (const [pattern, entries] of this.patterns) {
      const captured = captureModel(pattern, model);
      if (captured !== null) return found(entries, captured, model);
      if (prefix === null || qualified === null || !pattern.startsWith(prefix)) continue;
      const ofProvider = captureModel(pattern, qualified);
      if (ofProvider !== null) return found(entries, ofProvider, qualified);
    }
    return null;
  }

  /** The names that are served, without those that only a pattern matches. */
  names(): string[] {
    return [...this.exact.keys()];
  }

  entries(): Entry[] {
    return [...this.exact.values(), ...this.patterns.map(([, entries]) => entries)].flat();
  }

  /** One entry for each pattern. */
  patternEntries(): Entry[] {
    return this.patterns.flatMap(([, entries]) => entries.slice(0, 1));
  }
}

function found<Entry>(
  entries: readonly Entry[] | undefined,
  captured: readonly string[],
  name: string,
): FoundRoute<Entry> | null {
  const [first, ...rest] = entries ?? [];
  return first === undefined ? null : { entries: [first, ...rest], captured, name };
}

function mostSpecific(a: string, b: string): number {
  const byPrefix = literalPrefixLength(b) - literalPrefixLength(a);
  if (byPrefix !== 0) return byPrefix;
  return a.length === b.length ? (a < b ? -1 : 1) : b.length - a.length;
}
