import type { JsonRecord } from './json';

/**
 * A member of a body of Google's, whose parsers take it in either spelling: `maxOutputTokens` and `max_output_tokens`
 * (https://protobuf.dev/programming-guides/json/).
 */
export function eitherSpelling(record: JsonRecord | null | undefined, camel: string): unknown {
  return record?.[camel] ?? record?.[snakeSpelling(camel)];
}

export function snakeSpelling(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
