import type { BoundParts } from './bound-parts';
import type { ImageCount } from './image-tokens';
import {
  ANSWER_NAMES,
  CONFIG_NAMES,
  invokeFamily,
  OUTPUT_BOUND_NAMES,
  OUTPUT_BOUND_PATHS,
} from './invoke-family';
import { asCount, asRecord, asText, type JsonRecord } from './json';
import { anthropicMessagesBound } from './request-bound-anthropic';
import { converseBound } from './request-bound-converse';
import { walkStrings } from './walk';

/** Templates of other vendors open with prompts of their own. */
const BASE = 1_024;
/** Text is nowhere so long without a space; base64 of a picture is. */
const LONG_BASE64 = /^[A-Za-z0-9+/]{4096}/;

/** Bounds a body of InvokeModel, which is whatever the model's maker takes. */
export function invokeBound(body: unknown, model: string, image: ImageCount): BoundParts {
  const request = asRecord(body) ?? {};
  const family = invokeFamily(model);
  const outputs = answersOf(request);
  if (family === 'embedding')
    return { mediaBytes: 0, addedTokens: BASE, outputTokens: 0, outputs, unbounded: mediaNotes(request) };
  const most = boundOf(request, OUTPUT_BOUND_PATHS[family]);
  const outputTokens = most === null ? null : most * outputs;
  if (family === 'anthropic') return { ...anthropicMessagesBound(body, image), outputTokens, outputs };
  if (family === 'nova') return { ...converseBound(body, image), outputTokens, outputs };
  return { mediaBytes: 0, addedTokens: BASE, outputTokens, outputs, unbounded: mediaNotes(request) };
}

/**
 * The largest bound that the body names, whichever of the members the model obeys. Null when the family's own member has
 * none: the others may well mean nothing to it.
 */
function boundOf(request: JsonRecord, own: readonly string[]): number | null {
  let value: unknown = request;
  for (const name of own) value = asRecord(value)?.[name];
  if (asCount(value) === null) return null;
  const places = [request, ...CONFIG_NAMES.map((name) => asRecord(request[name]) ?? {})];
  const bounds = places.flatMap((place) =>
    Object.entries(place).flatMap(([name, bound]) =>
      OUTPUT_BOUND_NAMES.has(name) ? [asCount(bound) ?? 0] : [],
    ),
  );
  return Math.max(...bounds);
}

function answersOf(request: JsonRecord): number {
  return Math.max(1, ...ANSWER_NAMES.map((name) => asCount(request[name]) ?? 1));
}

/** Pictures have other members with every maker; what they take is not said by all. */
function mediaNotes(request: JsonRecord): string[] {
  const notes: string[] = [];
  walkStrings(request, (text) => {
    if (LONG_BASE64.test(text) || /^(data:|s3:|https?:)/.test(text)) notes.push('inline media');
  });
  return notes;
}

/** The text that a body of any maker asks with, for a count when nobody tells one. */
export function invokeTexts(request: JsonRecord): string[] {
  const texts: string[] = [];
  for (const [name, value] of Object.entries(request)) {
    if (asText(value) !== null && !['prompt', 'inputText', 'message', 'system'].includes(name)) continue;
    walkStrings(value, (text) => texts.push(text));
  }
  return texts;
}
