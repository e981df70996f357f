import type { Encoding } from './encoding-of-model';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import { walkStrings } from './walk';

/** Frames of function definitions: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken, part 7. */
const FUNCTION: Readonly<Record<Encoding, number>> = { o200k_base: 7, cl100k_base: 10 };
const PROPERTIES = 3;
const PROPERTY = 3;
const ENUM = -3;
const ENUM_ITEM = 3;
const END = 12;

export interface ToolPlan {
  readonly texts: readonly string[];
  readonly framing: number;
}

/** The texts and frames of tool definitions, in OpenAI's shape (`function`) or Anthropic's (`input_schema`). */
export function toolPlan(tools: readonly unknown[], encoding: Encoding): ToolPlan {
  const texts: string[] = [];
  let framing = 0;
  for (const tool of tools) {
    const record = asRecord(tool);
    const definition = asRecord(record?.['function']) ?? record ?? {};
    framing += FUNCTION[encoding];
    texts.push(`${asText(definition['name']) ?? ''}:${sentence(definition['description'])}`);
    const schema = asRecord(definition['parameters']) ?? asRecord(definition['input_schema']);
    const properties = Object.entries(asRecord(schema?.['properties']) ?? {});
    if (properties.length > 0) framing += PROPERTIES;
    for (const [name, property] of properties) framing += addProperty(texts, name, asRecord(property) ?? {});
  }
  return { texts, framing: tools.length > 0 ? framing + END : 0 };
}

function addProperty(texts: string[], name: string, property: JsonRecord): number {
  let framing = PROPERTY;
  texts.push(`${name}:${asText(property['type']) ?? ''}:${sentence(property['description'])}`);
  const items = asArray(property['enum']);
  if (property['enum'] !== undefined) framing += ENUM;
  for (const item of items) {
    framing += ENUM_ITEM;
    texts.push(asText(item) ?? '');
  }
  // The published rule stops at one level; what lies deeper is counted word for word.
  for (const inner of ['properties', 'items', 'anyOf', 'oneOf', 'allOf'] as const) {
    const words: string[] = [];
    walkStrings(property[inner], (text) => words.push(text));
    if (words.length > 0) texts.push(words.join(' '));
  }
  return framing;
}

function sentence(description: unknown): string {
  return (asText(description) ?? '').replace(/\.$/, '');
}
