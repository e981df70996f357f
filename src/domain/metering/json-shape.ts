import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  StringEnds,
} from './json-strings';

/** How large the structure of a JSON text may be, whatever its length. */
export interface ShapeLimits {
  /** Objects and arrays inside each other. */
  readonly depth: number;
  /** Members of the outermost object. */
  readonly topMembers: number;
  /** Strings, names of members included. */
  readonly strings: number;
  /** Values of all objects and arrays together. */
  readonly values: number;
}

export type ShapeProblem =
  | { readonly kind: 'DEPTH' | 'TOP_MEMBERS' | 'STRINGS' | 'VALUES' }
  /** A name of the outermost object that is there already, or a reserved name in other letters. */
  | { readonly kind: 'REPEATED' | 'MISSPELT'; readonly name: string };

/**
 * Looks over a JSON text before it is parsed, once and from left to right: what a parser makes of it can cost far more
 * than its length. Text that is no JSON is for the parser to refuse. Null when nothing is wrong.
 *
 * Readers differ in which of two members of one name they believe, and some (Go's `encoding/json`) ignore the case of
 * names, so a second reading of the outermost names is a problem, and so is one of `reserved` in other letters.
 */
export function shapeProblem(
  text: string,
  limits: ShapeLimits,
  reserved: ReadonlySet<string>,
): ShapeProblem | null {
  const ends = new StringEnds(text);
  const names = new Set<string>();
  let depth = 0;
  let strings = 0;
  let values = 0;
  let nameStart = 0;
  let nameEnd = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        if (++strings > limits.strings) return { kind: 'STRINGS' };
        nameStart = at;
        nameEnd = ends.endOf(at);
        at = nameEnd - 1;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (++depth > limits.depth) return { kind: 'DEPTH' };
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        depth--;
        break;
      case COMMA:
        if (++values > limits.values) return { kind: 'VALUES' };
        break;
      case COLON: {
        if (depth !== 1) break;
        const problem = nameProblem(names, nameOf(text.slice(nameStart, nameEnd)), reserved);
        if (problem) return problem;
        if (names.size > limits.topMembers) return { kind: 'TOP_MEMBERS' };
        break;
      }
      default:
    }
  }
  return null;
}

function nameProblem(
  names: Set<string>,
  name: string | null,
  reserved: ReadonlySet<string>,
): ShapeProblem | null {
  if (name === null) return null;
  const folded = foldCase(name);
  if (names.has(folded)) return { kind: 'REPEATED', name };
  names.add(folded);
  return folded !== name && reserved.has(folded) ? { kind: 'MISSPELT', name } : null;
}

/** By way of upper case, so that the letters that Go's reader folds as well (the Kelvin sign, the long s) are folded. */
function foldCase(name: string): string {
  return name.toUpperCase().toLowerCase();
}

function nameOf(raw: string): string | null {
  if (!raw.includes('\\')) return raw.slice(1, -1);
  try {
    return JSON.parse(raw) as string;
  } catch {
    return null;
  }
}
