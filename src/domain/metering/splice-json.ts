import { assert, AssertionError } from '../assert';
import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, StringEnds } from './json-strings';

/** What to change in an object: raw JSON text by member name, and the names of members to take out. */
export interface JsonEdits {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface Member {
  readonly name: string;
  /** Where the member's name begins, where its value begins, and where its value ends. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** An object's text and where its members are: scanned once, read and edited as often as needed. */
export interface ScannedObject {
  readonly text: string;
  readonly members: readonly Member[];
  /** Where the object opens. */
  readonly open: number;
}

/**
 * Edits members of a JSON object's text and leaves every other byte as it is, so that big integers, the order of
 * members and the spacing of a client's body survive. Every occurrence of a repeated name is replaced or removed:
 * readers differ in which one they believe. A new member goes behind the last one.
 */
export function spliceTopLevel(object: string | ScannedObject, edits: JsonEdits): string {
  const set = new Map(Object.entries(edits.set ?? {}));
  const remove = new Set((edits.remove ?? []).filter((name) => !set.has(name)));
  const { text, members, open } = scanned(object);
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
  const object = scanObject(text);
  const set = nestedEdit(object, name, edits);
  return Object.keys(set).length === 0 ? text : spliceTopLevel(object, { set });
}

/** The same as a member to set, for an edit of several at once; nothing when there is nothing to change. */
export function nestedEdit(
  object: string | ScannedObject,
  name: string,
  edits: JsonEdits,
): Readonly<Record<string, string>> {
  const value = memberText(object, name);
  if (value === null || value === 'null') {
    const set = Object.entries(edits.set ?? {});
    if (set.length === 0) return {};
    return { [name]: `{${set.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(',')}}` };
  }
  return value.startsWith('{') ? { [name]: spliceTopLevel(value, edits) } : {};
}

/** The raw text of a member's value, exactly as written; the last one when the name is repeated, as JSON.parse does. */
export function memberText(object: string | ScannedObject, name: string): string | null {
  const { text, members } = scanned(object);
  const member = members.findLast((candidate) => candidate.name === name);
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

function scanned(object: string | ScannedObject): ScannedObject {
  return typeof object === 'string' ? scanObject(object) : object;
}

/** The text must have been read as a JSON object before; anything else is a fault of the caller. */
export function scanObject(text: string): ScannedObject {
  const open = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0);
  assert(text[open] === '{', 'the text to edit is not a JSON object');
  const strings = new StringEnds(text);
  const members: Member[] = [];
  let at = skipSpace(text, open + 1);
  while (text[at] !== '}') {
    const start = at;
    assert(text[at] === '"', 'a JSON string was expected');
    const nameEnd = strings.endOf(start);
    const name = JSON.parse(text.slice(start, nameEnd)) as string;
    const colon = skipSpace(text, nameEnd);
    assert(text[colon] === ':', 'a member of the JSON object has no value');
    const valueStart = skipSpace(text, colon + 1);
    const valueEnd = skipValue(text, valueStart, strings);
    members.push({ name, start, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    else assert(text[at] === '}', 'the JSON object does not end');
  }
  return { text, members, open };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

/** Where the value that begins at `from` ends. It counts brackets rather than recursing: depth is the client's choice. */
function skipValue(text: string, from: number, strings: StringEnds): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = strings.endOf(at) - 1;
        if (depth === 0) return at + 1;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        depth++;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        // A closing bracket at depth 0 belongs to the object around a bare value such as a number.
        if (depth === 0) return trimEnd(text, from, at);
        depth--;
        if (depth === 0) return at + 1;
        break;
      case COMMA:
        if (depth === 0) return trimEnd(text, from, at);
        break;
      default:
    }
  }
  throw new AssertionError('a JSON value does not end');
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
  assert(end > from, 'a member of the JSON object has no value');
  return end;
}
