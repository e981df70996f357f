import { asArray, asRecord, asText, type JsonRecord } from '../../domain/metering/json';
import {
  cutDemoAnswer,
  demoAnswer,
  demoInputTokens,
  demoTokens,
  demoValue,
} from '../../domain/metering/demo-answer';

/** What the demo model says to a request, in no format yet. */
export interface DemoReply {
  /** The answer's tokens in order; empty when it is a tool call. */
  readonly tokens: readonly string[];
  readonly toolCall: { readonly name: string; readonly arguments: string } | null;
  /** The answer was cut at the request's bound. */
  readonly cut: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Replies to a request of any of the APIs: messages, items or a prompt, of text or of parts with text. */
export function demoReply(body: JsonRecord, bound: number | null): DemoReply {
  const texts = contentsOf(body)
    .filter((content) => content !== undefined)
    .map(textOf);
  const inputTokens = demoInputTokens(texts);
  const tool = forcedTool(body);
  if (tool) {
    const call = { name: tool.name, arguments: JSON.stringify(demoValue(tool.schema)) };
    // Each word of the name and the arguments is a token; a call is never cut, or it would be no JSON.
    const outputTokens = demoTokens(call.name).length + demoTokens(call.arguments).length;
    return { tokens: [], toolCall: call, cut: false, inputTokens, outputTokens };
  }
  const { tokens, cut } = cutDemoAnswer(structuredAnswer(body) ?? demoAnswer(texts.at(-1) ?? ''), bound);
  return { tokens, toolCall: null, cut, inputTokens, outputTokens: tokens.length };
}

/** What the request says, in order; the last of it is answered. */
function contentsOf(body: JsonRecord): unknown[] {
  const { input } = body;
  const turns = [...asArray(body['messages']), ...asArray(input)].map((turn) => {
    const record = asRecord(turn);
    return record?.['content'] ?? record?.['output'] ?? record?.['arguments'];
  });
  return [body['system'], body['instructions'], ...turns, typeof input === 'string' ? input : undefined];
}

/** The text of a message's content, whose parts may be images and whatnot. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(asRecord(part)?.['text']) ?? textOfNested(asRecord(part)?.['content']))
    .filter((text) => text !== '')
    .join('\n');
}

/** Tool results hold parts of their own, one level down. */
function textOfNested(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asText(asRecord(part)?.['text']) ?? '')
    .join('\n');
}

/** The tool that the request insists on; with "required" or "any" the first. Tools that are merely offered stay idle. */
function forcedTool(body: JsonRecord): { name: string; schema: unknown } | null {
  const choice = body['tool_choice'];
  const kind = asText(choice) ?? asText(asRecord(choice)?.['type']);
  if (kind === null || !['required', 'any', 'function', 'tool'].includes(kind)) return null;
  const wanted =
    asText(asRecord(asRecord(choice)?.['function'])?.['name']) ?? asText(asRecord(choice)?.['name']);
  const tools = asArray(body['tools']).map((tool) => {
    const definition = asRecord(asRecord(tool)?.['function']) ?? asRecord(tool) ?? {};
    return {
      name: asText(definition['name']),
      schema: definition['parameters'] ?? definition['input_schema'],
    };
  });
  const tool = tools.find(({ name }) => name !== null && (wanted === null || name === wanted));
  return tool?.name == null ? null : { name: tool.name, schema: tool.schema };
}

/** JSON that fits the asked-for schema; null when plain text is asked for. */
function structuredAnswer(body: JsonRecord): string | null {
  const format = asRecord(body['response_format']) ?? asRecord(asRecord(body['text'])?.['format']);
  if (format?.['type'] === 'json_object') return JSON.stringify({ answer: 'demo' });
  if (format?.['type'] !== 'json_schema') return null;
  return JSON.stringify(demoValue(asRecord(format['json_schema'])?.['schema'] ?? format['schema']));
}
