import { asArray, asRecord, asText, type JsonRecord } from './json';

/** The model that answers without a provider, for first steps, examples and tests. */
export const DEMO_MODEL = 'demo';

/** Each message costs this many tokens beside its words, and each request as many again. */
const DEMO_FRAME = 3;

/** A schema's example is not filled in deeper than this. */
const MAX_DEPTH = 8;

/**
 * The demo model's tokens: words, each with the white space before it; white space at the end is a token of its own.
 * Joined they are the text, so an answer can be cut after any of them.
 */
export function demoTokens(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Input tokens of messages: their words, three for each message and three for the request. */
export function demoInputTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + demoTokens(text).length + DEMO_FRAME, DEMO_FRAME);
}

/** The answer to a prompt: the same each time, and telling that it comes from no provider. */
export function demoAnswer(prompt: string): string {
  const words = demoTokens(prompt.trim());
  const first = words.slice(0, 12).join('');
  const quoted = words.length > 12 ? `${first} …` : first;
  return (
    `This is the demo model: no provider was called. ` +
    `Your last message has ${String(words.length)} ${words.length === 1 ? 'word' : 'words'}: "${quoted}". ` +
    `Point a model at a real provider to get a real answer.`
  );
}

/** Keeps the first tokens of a text; `cut` tells whether some were lost. */
export function cutDemoAnswer(
  text: string,
  maxTokens: number | null,
): { tokens: readonly string[]; cut: boolean } {
  const tokens = demoTokens(text);
  if (maxTokens === null || tokens.length <= maxTokens) return { tokens, cut: false };
  return { tokens: tokens.slice(0, maxTokens), cut: true };
}

/** A vector of length one that depends on the text alone; equal texts have equal vectors. */
export function demoEmbedding(text: string, dimensions: number): number[] {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  const vector = Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A value that fits a JSON schema, for tool calls and structured answers: required members, first choices. */
export function demoValue(schema: unknown, depth = 0): unknown {
  const record = asRecord(schema) ?? {};
  if ('const' in record) return record['const'];
  const choices = asArray(record['enum']);
  if (choices.length > 0) return choices[0];
  const alternative = [...asArray(record['anyOf']), ...asArray(record['oneOf'])][0];
  if (alternative !== undefined && depth < MAX_DEPTH) return demoValue(alternative, depth + 1);
  return valueOfType(asText(record['type']) ?? asText(asArray(record['type'])[0]), record, depth);
}

function valueOfType(type: string | null, schema: JsonRecord, depth: number): unknown {
  switch (type) {
    case 'string':
      return 'demo';
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'null':
      return null;
    default:
      return depth < MAX_DEPTH ? requiredMembers(schema, depth) : {};
  }
}

function requiredMembers(schema: JsonRecord, depth: number): JsonRecord {
  const properties = asRecord(schema['properties']) ?? {};
  const names = asArray(schema['required']).filter((name): name is string => typeof name === 'string');
  return Object.fromEntries(names.map((name) => [name, demoValue(properties[name], depth + 1)]));
}
