import type { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { closestName } from '../platform/config/closest-name';
import { badRequest, type LitellmFailure } from './failure';

/** The members that a route takes, and what it does about LiteLLM's others. */
export interface InputMembers<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly schema: z.ZodObject<Shape>;
  /** LiteLLM's members that mean nothing here and change neither money nor access: accepted, and told to the caller. */
  readonly ignored: readonly string[];
  /** LiteLLM's members that change money, access or limits and aren't there: refused, with what to do instead. */
  readonly refused: Readonly<Record<string, string>>;
}

export interface ReadMembers<Input> {
  readonly input: Input;
  /** What was sent and had no effect. */
  readonly ignored: readonly string[];
}

const MAX_MEMBERS = 100;
const MAX_NAME_LENGTH = 100;

/** Words of names that are about money, access or limits: what carries one must not be dropped. */
const TOUCHY =
  /budget|limit|spend|cost|price|model|block|expir|durat|permi|role|allow|den(y|ied)|access|team|user|org|key|tp[md]|rpm|quota|max|cap$/i;

/**
 * Reads what was sent. Nothing is dropped in silence: a member that is not known is refused when it looks like one that
 * is, or is about money, access or limits; else it is ignored and named in the answer.
 */
export function readMembers<Shape extends z.ZodRawShape>(
  members: InputMembers<Shape>,
  raw: Readonly<Record<string, unknown>>,
): Result<ReadMembers<z.output<z.ZodObject<Shape>>>, LitellmFailure> {
  const tooMuch = excess(Object.keys(raw));
  if (tooMuch !== null) return badRequest(null, tooMuch);
  const ignored: string[] = [];
  const taken: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (Object.hasOwn(members.schema.shape, name)) {
      taken[name] = value;
      continue;
    }
    const refusal = refusalOf(members, name, value);
    if (refusal !== null) return badRequest(name, refusal);
    const isKnown = members.ignored.includes(name) || Object.hasOwn(members.refused, name);
    if (!isKnown || asksForSomething(value)) ignored.push(name);
  }
  const parsed = members.schema.safeParse(taken);
  if (parsed.success) return ok({ input: parsed.data, ignored });
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return badRequest(path === '' ? null : path, `"${path}" ${issue?.message ?? 'is not valid'}.`);
}

/** Why a member that the schema doesn't have cannot be dropped; null when it can. */
function refusalOf(members: InputMembers, name: string, value: unknown): string | null {
  if (Object.hasOwn(members.refused, name)) {
    // Clients send every field of a form; an empty one asks for nothing.
    return asksForSomething(value) ? `"${name}" is not supported: ${members.refused[name] ?? ''}.` : null;
  }
  return members.ignored.includes(name) ? null : unknownMember(members, name);
}

/** Looking for what a name may be a misspelling of takes time, so that names are few and short. */
function excess(names: readonly string[]): string | null {
  if (names.length > MAX_MEMBERS)
    return `The request has ${names.length} members; at most ${MAX_MEMBERS} are read.`;
  const isLong = names.some((name) => name.length > MAX_NAME_LENGTH);
  return isLong ? `The name of a member has more than ${MAX_NAME_LENGTH} characters.` : null;
}

function unknownMember(members: InputMembers, name: string): string | null {
  const near = closestName(name, [...Object.keys(members.schema.shape), ...Object.keys(members.refused)]);
  if (near !== undefined) return `There is no member "${name}". Did you mean "${near}"?`;
  if (!TOUCHY.test(name)) return null;
  return `There is no member "${name}", and it may be meant to limit something. Leave it out, or write it in "metadata".`;
}

function asksForSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
