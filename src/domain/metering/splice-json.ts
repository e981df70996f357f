import { assert } from '../assert';

/** What to change in an object: raw JSON text by member name, and the names of members to take out. */
export interface JsonEdits {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

interface Member {
  readonly name: string;
  /** Where the member's name begins, where its value begins, and where its value ends. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * Edits members of a JSON object's text and leaves every other byte as it is, so that big integers, the order of
 * members and the spacing of a client's body survive. Every occurrence of a repeated name is replaced or removed:
 * readers differ in which one they believe. A new member goes behind the last one.
 *
 * The text must have been read as a JSON object before; anything else is a fault of the caller.
 */
export function spliceTopLevel(text: string, edits: JsonEdits): string {
  const set = new Map(Object.entries(edits.set ?? {}));
  const remove = new Set((edits.remove ?? []).filter((name) => !set.has(name)));
  const { members, open } = scanObject(text);
  const known = new Set(members.map((member) => member.name));
  const added = [...set]
    .filter(([name]) => !known.has(name))
    .map(([name, raw]) => `${JSON.stringify(name)}:${raw}`);

  let out = text.slice(0, members[0]?.start ?? open + 1);
  let written = 0;
  members.forEach((member, index) => {
    if (remove.has(member.name)) return;
    // The separator before a kept member is its own; that of a removed one goes along with it.
    if (written++ > 0) out += text.slice(members[index - 1]?.valueEnd, member.start);
    out += text.slice(member.start, member.valueStart);
    out += set.get(member.name) ?? text.slice(member.valueStart, member.valueEnd);
  });
  if (added.length > 0) out += (written > 0 ? ',' : '') + added.join(',');
  return out + text.slice(members.at(-1)?.valueEnd ?? open + 1);
}

/**
 * Edits members of an object one level down. A member that is absent or null becomes an object of the new members;
 * one of another type is left alone, for the reader of the body to refuse.
 */
export function spliceNested(text: string, name: string, edits: JsonEdits): string {
  const value = memberText(text, name);
  if (value === null || value === 'null') {
    const set = Object.entries(edits.set ?? {});
    if (set.length === 0) return text;
    return spliceTopLevel(text, {
      set: { [name]: `{${set.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(',')}}` },
    });
  }
  return value.startsWith('{')
    ? spliceTopLevel(text, { set: { [name]: spliceTopLevel(value, edits) } })
    : text;
}

/** The raw text of a member's value, exactly as written; the last one when the name is repeated, as JSON.parse does. */
export function memberText(text: string, name: string): string | null {
  const member = scanObject(text).members.findLast((candidate) => candidate.name === name);
  return member ? text.slice(member.valueStart, member.valueEnd) : null;
}

/** The raw text at a path of member names; null when a step is absent or no object. */
export function textAt(text: string, path: readonly string[]): string | null {
  let current: string | null = text;
  for (const name of path) {
    if (current === null || !/^\s*\{/.test(current)) return null;
    current = memberText(current, name);
  }
  return current;
}

function scanObject(text: string): { members: Member[]; open: number } {
  const open = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  assert(text[open] === '{', 'the text to edit is not a JSON object');
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] !== '}') {
    const start = at;
    const nameEnd = skipString(text, start);
    const name = JSON.parse(text.slice(start, nameEnd)) as string;
    const colon = skipSpace(text, nameEnd);
    assert(text[colon] === ':', 'a member of the JSON object has no value');
    const valueStart = skipSpace(text, colon + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ name, start, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    else assert(text[at] === '}', 'the JSON object does not end');
  }
  return { members, open };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

function skipString(text: string, from: number): number {
  assert(text[from] === '"', 'a JSON string was expected');
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    assert(at > 0, 'a JSON string does not end');
    // A quote ends the string unless an odd number of backslashes stands before it.
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
}

/** Where the value that begins at `from` ends. It counts brackets rather than recursing: depth is the client's choice. */
function skipValue(text: string, from: number): number {
  let at = from;
  let depth = 0;
  for (;;) {
    const char = text[at];
    assert(char !== undefined, 'a JSON value does not end');
    if (char === '"') {
      at = skipString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      // A closing bracket at depth 0 belongs to the object around a bare value such as a number.
      if (depth === 0) return trimEnd(text, from, at);
      depth--;
      if (depth === 0) return at + 1;
    } else if (char === ',' && depth === 0) return trimEnd(text, from, at);
    at++;
  }
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
  assert(end > from, 'a member of the JSON object has no value');
  return end;
}
