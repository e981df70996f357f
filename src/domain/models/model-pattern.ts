/**
 * Model names and patterns: `*` stands for any text, also for none; all else stands for itself. Names are compared as
 * written: providers tell models apart by case.
 */

/** Whether the pattern matches the name. */
export function matchesModel(pattern: string, name: string): boolean {
  return captureModel(pattern, name) !== null;
}

/** The texts that the pattern's stars stand for in the name, the earliest fit for each; null when it doesn't match. */
export function captureModel(pattern: string, name: string): string[] | null {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return pattern === name ? [] : null;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) {
    return null;
  }
  const end = name.length - last.length;
  const captured: string[] = [];
  let from = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > end) return null;
    captured.push(name.slice(from, found));
    from = found + part.length;
  }
  captured.push(name.slice(from, end));
  return captured;
}

export function isPattern(model: string): boolean {
  return model.includes('*');
}

/** How many characters stand before the pattern's first star: the longer, the more specific. */
export function literalPrefixLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern.length : star;
}

/** Puts the captured texts in place of the stars: `openai/*` on `gpt-*` with ["4o"] is `gpt-4o`. */
export function fillPattern(pattern: string, captured: readonly string[]): string {
  let index = 0;
  return pattern.replaceAll('*', () => captured[index++] ?? '');
}

/** Whether a list of names and patterns allows the model. An empty list allows all. */
export function allowsModel(allowed: readonly string[], name: string): boolean {
  return allowed.length === 0 || allowed.some((pattern) => matchesModel(pattern, name));
}

/** Whether every list allows the model, as the model must be allowed by a key and by all that the key belongs to. */
export function allowedByAll(lists: readonly (readonly string[])[], name: string): boolean {
  return lists.every((list) => allowsModel(list, name));
}

/**
 * The members of `wanted` that reach beyond `allowed`. A pattern stays inside when one allowed pattern matches its text,
 * because whatever its own stars stand for, a star of that pattern covers it.
 */
export function modelsBeyond(allowed: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((pattern) => !allowsModel(allowed, pattern));
}
