import type { BoundFormat } from './request-bound';
import { asArray, asRecord, type JsonRecord } from './json';
import { invokeTexts } from './request-bound-invoke';
import { walkStrings } from './walk';

const PER_MESSAGE = 4;

/** The texts of a request to Bedrock. Framing is the model maker's own and known of few. */
export function bedrockPlan(format: BoundFormat, request: JsonRecord): { texts: string[]; framing: number } {
  const messages = asArray(request['messages']);
  const framing = PER_MESSAGE * messages.length;
  if (format === 'bedrock-invoke' && messages.length === 0) return { texts: invokeTexts(request), framing };
  const texts: string[] = [];
  const contents = messages.map((message) => asRecord(message)?.['content']);
  for (const content of [request['system'], ...contents]) {
    if (typeof content === 'string') texts.push(content);
    for (const block of asArray(content)) addBlock(asRecord(block), texts);
  }
  walkStrings(asRecord(request['toolConfig'])?.['tools'] ?? request['tools'], (text) => texts.push(text));
  return { texts, framing };
}

function addBlock(block: JsonRecord | null, texts: string[]): void {
  for (const name of ['text', 'toolUse', 'toolResult', 'input', 'content']) {
    walkStrings(block?.[name], (text) => texts.push(text));
  }
}
