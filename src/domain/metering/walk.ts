/**
 * Visits every string of a JSON value, names of members included. A stack of its own instead of recursion: how deep
 * a body is nested is the client's choice.
 */
export function walkStrings(value: unknown, visit: (text: string) => void): void {
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const next = stack.pop();
    if (typeof next === 'string') visit(next);
    else if (Array.isArray(next)) for (const inner of next as unknown[]) stack.push(inner);
    else if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next)) {
        visit(name);
        stack.push(inner);
      }
    }
  }
}
