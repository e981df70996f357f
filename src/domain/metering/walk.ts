/**
 * Visits every string of a JSON value, names of members included. A stack of its own instead of recursion: how deep
 * a body is nested is the client's choice.
 */
export function walkStrings(value: unknown, visit: (text: string) => void): void {
  const stack: object[] = [];
  const meet = (next: unknown): void => {
    if (typeof next === 'string') visit(next);
    else if (typeof next === 'object' && next !== null) stack.push(next);
  };
  meet(value);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (Array.isArray(next)) for (const inner of next as unknown[]) meet(inner);
    else {
      for (const [name, inner] of Object.entries(next)) {
        visit(name);
        meet(inner);
      }
    }
  }
}
